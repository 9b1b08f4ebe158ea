"""The private names of Textual that this room uses, each with its reason; Textual is pinned for them.

No other room uses any. A test holds the list against the code and against Textual's source, both ways, so that a new
release tells by name what has changed. What has a public way is used by that way.
"""

PRIVATE_NAMES: dict[str, str] = {
    # Frames: only what differs from the terminal's cells is written, and nothing while the terminal does not read.
    "_compositor": "its updates are what is compared with the cells that the terminal shows",
    "_display": "the one place where every frame passes on its way to the terminal",
    "_batch_count": "within a batch Textual writes no frame either",
    "_closed": "a frame that comes after the end is not written",
    "_driver": "frames and copies are written to the terminal itself",
    "_sync_available": "whether this terminal knows synchronised updates",
    "_previous_cursor_position": "Textual would move the cursor back to where it believes it to be",
    "_file": "what the driver writes to is written from a thread of our own",
    "_styles_cache": "it keeps the last 1024 panes of pages that were left",
    # Colours
    "_filters": "colours are changed by filters that no theme can be told of",
    "_refresh_truecolor_filter": "must be called after filters were added",
    # The end of the program, without the values of variables on the screen
    "_handle_exception": "Textual's traceback shows the values of variables, and these are texts",
    "_exception": "a test is told which error it was",
    "_exception_event": "a test is told that there was an error",
    "_exit_renderables": "what is printed at the end, in one sentence",
    "_return_code": "the exit code of an error of our own",
    "_close_messages_no_wait": "the app ends at once, and waits for nobody",
    # Keys and copies
    "_bindings": "direct keys of the table come from a person's settings, which are read late",
    "_clipboard": "what was copied inside is pasted inside, though the copy goes out by ways of our own",
    "_disable_notifications": "no screen carries a rack of toasts that never show",
    "_disable_tooltips": "no screen carries a tooltip that never shows",
    "_ansi_sequences": "the table of key sequences; our own parser reads them by their grammar",
    "_xterm_parser": "whole mouse reports are read by Textual's own parser",
    "_keyboard_protocol": "the table of keys of the kitty protocol",
    "_character_to_key": "the name that Textual gives a sign",
    # Styles that are worked out when something is drawn with them (6 % of a start)
    "_get_component_classes": "the component classes are asked at each styling, and cost nothing then",
    "_component_styles": "where the styles of component classes are kept once they are worked out",
    "_attach": "a node that stands for a component class is styled as a child of its widget",
    # Scrolling without a new layout of all widgets (5 % of the time of a key)
    "_scroll_update": "tells the scrollbars of a new extent without a layout",
    "_size_updated": "lines are wrapped to the width of the layout, within the layout",
    "_scroll_to": "no pane scrolls in steps: over a slow line each is a frame",
    # The text area: rows kept by content (half of the time of a key in a text of 25 KB)
    "_set_document": "the document is wrapped by whole characters",
    "_rewrap_and_refresh_virtual_size": "must be called after the document was replaced",
    "_refresh_size": "a new height alone needs no layout",
    "_offset_to_line_info": "the rows of the wrapped document",
    "_line_index_to_offsets": "the rows of each line, numbered again after it was folded by characters",
    "_wrap_offsets": "where each line is folded, mended to whole characters",
    "_tab_width": "a line is folded as wide as Textual draws it",
    "_width": "the width that the document is wrapped to",
    "_repaint_required": "asks for a frame in which the rows are compared",
    "_exchange_repaint_regions": "the comparison is done when the frame is drawn, not at each change",
    "_set_dirty": "says which rows differ",
    "_theme": "the colours of the text, looked up once a theme",
    "_app_theme_changed": "the theme of the app is told by the style sheet, which keeps no widget alive",
    "_draw_cursor": "part of what decides how a row looks",
    "_matching_bracket_location": "part of what decides how a row looks",
    "_render_line": "draws the one row that is not kept",
    "_delete_via_keyboard": "whole characters are deleted",
    "_replace_via_keyboard": "letters that come in are cleaned",
    "_undo_batch": "tells of an undo inside it, so that all is painted in one frame",
    "_redo_batch": "tells of a redo inside it, so that all is painted in one frame",
}
