"""Component styles worked out when they are first asked for: Textual does so for all of them at each styling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.css.styles import RenderStyles
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.widget import Widget as Styled
else:
    Styled = object  # Textual looks for style sheets along the first base alone: that must remain the widget's own


class LateInks(Styled):
    """Mixed into a widget, its component classes cost nothing until something is drawn with them.

    It leans on private names, hence the pinned Textual; tests/widgets draws such widgets beside stock ones.
    """

    @classmethod
    def _get_component_classes(cls) -> frozenset[str]:  # type: ignore[override]  # a cached one
        return frozenset()  # what is asked at each styling

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return what the component classes `names` look like together; KeyError where there is no such class."""
        for name in names:
            if name not in self._component_styles and name in super()._get_component_classes():
                virtual = DOMNode(classes=name)
                virtual._attach(self)
                self.app.stylesheet.apply(virtual)
                self._component_styles[name] = virtual.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Forget what they look like: the theme or the style sheet changed."""
        self._component_styles.clear()
        super().notify_style_update()
