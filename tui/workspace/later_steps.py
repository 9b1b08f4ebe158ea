"""What comes after the questions: read over, send, answers, adopt, signatures, follow-up; each with its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.fast_dataclass import dataclass
from tui.i18n import N_, _
from tui.partnership.completion import ANSWERED, DISCUSS, EMPTY, STARTED
from tui.partnership.due import count_words
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, UNSAID
from tui.partnership.signatures import ROWS, SIGNATURES
from tui.partnership.versions import sendings
from tui.text.name_matching import fold, matches
from tui.workspace.workspace import Workspace

REVIEW, SEND, ANSWERS, ADOPT, SIGN, FOLLOW = "review", "send", "awaited", "adopt", "sign", "due"  # ids of commands
_LABELS = {
    REVIEW: N_("Read over"),
    SEND: N_("Send"),
    ANSWERS: N_("Answers"),
    ADOPT: N_("Adopt"),
    SIGN: N_("Signatures"),
    FOLLOW: N_("Follow-up"),
}


@dataclass(frozen=True, slots=True)
class LaterStep:
    """One step that comes after the questions."""

    command: str  # the id of the command that opens it
    state: str  # a state of completion, as that of a question
    words: str = ""  # the state in a few words, "" for none

    @property
    def label(self) -> str:
        """Its name in the interface's language."""
        return _(_LABELS[self.command])


def later_steps(workspace: Workspace) -> tuple[LaterStep, ...]:
    """Return the steps that come after the questions, in their order."""
    draft_number = workspace.partnership.setting("drafts", 0)
    adoption = workspace.adoption
    draft_words = workspace.guide.word("draft", workspace.lang, number=draft_number) if draft_number else ""
    was_sent = draft_number or any(row.get("version") for row in sendings(workspace.partnership))
    adoption_words = {"": "", "adopted": _("adopted"), "changed": _("changed since adoption")}[adoption]
    return (
        LaterStep(REVIEW, ANSWERED if draft_number or adoption else EMPTY),
        LaterStep(SEND, ANSWERED if was_sent else EMPTY, draft_words),
        _answers(workspace),
        LaterStep(ADOPT, {"": EMPTY, "adopted": ANSWERED, "changed": DISCUSS}[adoption], adoption_words),
        _signatures(workspace),
        _follow_up(workspace),
    )


def _count_of_total(done: int, total: int) -> str:
    """Return « 3 sur 5 »."""
    return _("{done} of {total}").format(done=done, total=total)


def _answers(workspace: Workspace) -> LaterStep:
    """Return the step of answers: how many partners have a position on the present words."""
    total = len(active(workspace.partnership))
    answers = workspace.public.answers.items()
    given = [status for (asked, _partner), status in answers if asked == CONSENSUS and status.level not in UNSAID]
    done = sum(not status.reopened for status in given)
    if not given:
        return LaterStep(ANSWERS, EMPTY)
    return LaterStep(ANSWERS, ANSWERED if done == total else STARTED, _count_of_total(done, total))


def _signatures(workspace: Workspace) -> LaterStep:
    """Return the step of signatures: for how many partners all have signed the version adopted last."""
    mark = workspace.partnership.setting("adopted")
    version = mark.get("version") if isinstance(mark, Mapping) else None
    by_partner: dict[str, list[bool]] = {}  # for each person who signs: whether they have
    for row in workspace.partnership.rows(SIGNATURES, ROWS):
        if version and row.get("version") == version:
            by_partner.setdefault(row.subject[0], []).append(bool(row.get("on")))
    if not by_partner:
        return LaterStep(SIGN, EMPTY)
    done, total = sum(map(all, by_partner.values())), len(active(workspace.partnership))
    return LaterStep(SIGN, ANSWERED if done >= total else STARTED, _count_of_total(min(done, total), total))


def _follow_up(workspace: Workspace) -> LaterStep:
    """Return the step of follow-up: what is late, and what is due this month."""
    late, month = workspace.due_counts
    words = count_words(late, month)
    if late:
        return LaterStep(FOLLOW, DISCUSS, words)
    return LaterStep(FOLLOW, STARTED if month else EMPTY, words)


def command_of_label(text: str) -> str:
    """Return the command of the step whose label some letters mean; "" for none, or for several."""
    commands = [command for command, label in _LABELS.items() if fold(text) and matches(text, _(label))]
    return commands[0] if len(commands) == 1 else ""


def is_quiet(workspace: Workspace) -> bool:
    """Return whether it is too early for the later steps: no draft, no adoption, and not ready for the meeting yet."""
    has_begun = workspace.partnership.setting("drafts", 0) or workspace.adoption
    return not has_begun and bool(workspace.milestones.meeting)


def next_step(workspace: Workspace) -> LaterStep | None:
    """Return the first step after the adoption that is not done; None when all is, or before the adoption."""
    if workspace.adoption != "adopted":
        return None
    *_before, signatures, follow_up = later_steps(workspace)
    if signatures.state != ANSWERED:
        return signatures
    return follow_up if follow_up.state not in (ANSWERED, EMPTY) else None


def step_words(later_step: LaterStep) -> str:
    """Return a step as it stands within a sentence: « recueillir les signatures (1 sur 3) »."""
    label = later_step.label[:1].lower() + later_step.label[1:]
    return f"{label} ({later_step.words})" if later_step.words else label


def plan_words(workspace: Workspace) -> Iterator[tuple[LaterStep, str]]:
    """Yield each step with its words in a list, « Signatures, 1 sur 3 »; nothing while `is_quiet`."""
    if not is_quiet(workspace):
        for step in later_steps(workspace):
            yield step, ", ".join(filter(None, (step.label, step.words)))
