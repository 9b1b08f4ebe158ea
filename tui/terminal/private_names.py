"""The private names of Textual that this package uses, each with its reason; the version of Textual is pinned for them.

No other package uses any. A test compares the list with our code and with Textual's source, so that a new release of
Textual shows which of these names have changed. Nothing here has a public equivalent.
"""

PRIVATE_NAMES: dict[str, str] = {
    # Frames: only what differs from the terminal's cells is written, and nothing while the terminal does not read.
    "_compositor": "its updates are compared with the cells that the terminal shows",
    "_display": "every frame passes through it on its way to the terminal",
    "_batch_count": "as Textual, we write no frame within a batch",
    "_closed": "a frame that comes after the end is not written",
    "_driver": "frames and copies are written to the terminal itself",
    "_sync_available": "whether this terminal knows synchronised updates",
    "_previous_cursor_position": "Textual would move the cursor back to where it believes it to be",
    "_file": "the file of the driver is written from a thread of our own",
    "_styles_cache": "it keeps the last 1024 panes of pages that were left",
    # Colours
    "_filters": "colours are changed by filters, which a theme cannot hold",
    "_refresh_truecolor_filter": "must be called after filters were added",
    # The end of the program, without values of variables on the screen
    "_handle_exception": "Textual's traceback shows the values of variables, and these are texts",
    "_exception": "a test is told which error it was",
    "_exception_event": "a test is told that there was an error",
    "_exit_renderables": "what is printed at the end, in one sentence",
    "_return_code": "the exit code of an error of our own",
    "_close_messages_no_wait": "the app ends at once, without waiting for its widgets",
    # Keys and copies
    "_bindings": "direct keys of the table come from a person's settings, which are read late",
    "_clipboard": "copied text can be pasted inside the app, though we send it to the system's clipboard ourselves",
    "_disable_notifications": "no screen holds widgets for notifications that are never shown",
    "_disable_tooltips": "no screen holds a widget for tooltips that are never shown",
    "_ansi_sequences": "the table of key sequences; our own parser reads them by their grammar",
    "_xterm_parser": "whole mouse reports are read by Textual's own parser",
    "_keyboard_protocol": "the table of keys of the kitty protocol",
    "_character_to_key": "the name that Textual gives the key of a sign",
    # Styles computed only when something is drawn with them (6 % of a start)
    "_get_component_classes": "returns none, so that component classes are not styled with each widget",
    "_component_styles": "holds the styles of component classes once they are computed",
    "_attach": "a node that stands for a component class is styled as a child of its widget",
    # Scrolling without a new layout of all widgets (5 % of the time of a key)
    "_scroll_update": "sets the scrollbars to a new extent without a layout",
    "_size_updated": "lines are wrapped to the width of the layout, within the layout",
    "_scroll_to": "no pane scrolls in steps: each step is a frame on a slow line",
    # The text area: rows kept by content (half of the time of a key in a text of 25 KB)
    "_set_document": "the document is wrapped by whole characters",
    "_rewrap_and_refresh_virtual_size": "must be called after the document was replaced",
    "_refresh_size": "a new height alone needs no layout",
    "_offset_to_line_info": "the rows of the wrapped document",
    "_line_index_to_offsets": "the rows of each line, numbered again after it was folded by characters",
    "_wrap_offsets": "where each line is folded, corrected to whole characters",
    "_tab_width": "a line is folded as wide as Textual draws it",
    "_width": "the width that the document is wrapped to",
    "_repaint_required": "asks for a frame in which the rows are compared",
    "_exchange_repaint_regions": "the comparison is done when the frame is drawn, not at each change",
    "_set_dirty": "says which rows differ",
    "_theme": "the colours of the text, looked up once a theme",
    "_app_theme_changed": "called by the style sheet: a watcher of the app's theme would keep the widget alive",
    "_draw_cursor": "part of what decides how a row looks",
    "_matching_bracket_location": "part of what decides how a row looks",
    "_render_line": "draws the one row that is not kept",
    "_delete_via_keyboard": "whole characters are deleted",
    "_replace_via_keyboard": "typed and pasted text is cleaned",
    "_undo_batch": "calls the watcher within an undo, so that all is painted in one frame",
    "_redo_batch": "calls the watcher within a redo, so that all is painted in one frame",
}
