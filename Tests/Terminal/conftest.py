"""Drives the real executable as a person or a script would.

`SORTKEY` names the executable, by default the debug build of this checkout. Nothing here sleeps: the shell itself says
when it reads (it switches bracketed paste on) and when it has stopped reading (it switches it off again).
"""

import codecs
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pyte
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
EXECUTABLE = os.environ.get("SORTKEY", str(CHECKOUT / ".build/debug/sortkey"))
PATIENCE = 8.0

READING = "\x1b[?2004h"
DONE = "\x1b[?2004l"
CTRL_C, CTRL_D, CTRL_R, TAB, ENTER, ESCAPE = "\x03", "\x04", "\x12", "\t", "\r", "\x1b"
UP, DOWN, BACKSPACE = "\x1b[A", "\x1b[B", "\x7f"

ESCAPE_SEQUENCE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][0-9A-B]|[=>78M])")


def strip_ansi(text):
    return ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n")


def pytest_addoption(parser):
    parser.addoption("--slow", action="store_true", help="also run what takes long; use a release build")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: huge input; runs with --slow only")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="runs with --slow"))


@pytest.fixture
def home(tmp_path):
    """The only folder that a shell under test may know."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(home):
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PAGER": "cat",
    }


@pytest.fixture
def history_file(home):
    return home / "state/sortkey/history"


class Terminal:
    """A shell on a pseudo-terminal, and the screen that a person would see."""

    def __init__(self, arguments, environment, cwd, columns, rows):
        self.columns, self.rows = columns, rows
        self.child = pexpect.spawn(
            EXECUTABLE, arguments, env=environment, cwd=str(cwd), dimensions=(rows, columns), timeout=PATIENCE
        )
        self.child.delaybeforesend = None
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.raw = ""
        self.emulator = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.emulator)
        self.is_open = True

    # What came

    def pump(self, seconds):
        """Takes what the shell writes within `seconds`; False when nothing came, or it has left."""
        try:
            piece = self.decoder.decode(self.child.read_nonblocking(1 << 16, timeout=seconds))
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self.is_open = False
            return False
        self.raw += piece
        self.stream.feed(piece)
        return True

    def until(self, condition, what="it", patience=PATIENCE):
        """Reads on until `condition` holds. Fails with what stands on the screen."""
        deadline = time.monotonic() + patience
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or (not self.pump(left) and not self.is_open and not condition()):
                reason = "the shell left before" if not self.is_open else "no sign of"
                pytest.fail(f"{reason} {what}; on the screen:\n{self.text}\nraw: {self.raw[-600:]!r}", pytrace=True)
        return self

    def sees(self, text, patience=PATIENCE):
        """Until `text` stands on the screen."""
        return self.until(lambda: text in self.text, repr(text), patience)

    def quiet(self, seconds=0.15):
        """For what must not appear: until nothing has come for a moment."""
        while self.pump(seconds):
            pass
        return self

    def mark(self):
        return len(self.raw)

    def since(self, mark):
        return strip_ansi(self.raw[mark:])

    # The screen

    @property
    def lines(self):
        return [line.rstrip() for line in self.emulator.display]

    @property
    def text(self):
        return "\n".join(self.lines).rstrip()

    @property
    def last_line(self):
        return self.text.split("\n")[-1]

    @property
    def cursor_line(self):
        """What stands left of the cursor, and the cursor behind it."""
        cursor = self.emulator.cursor
        line = self.emulator.display[cursor.y]
        return line[: self._offset(cursor.y, cursor.x)]

    def _offset(self, row, column):
        """pyte gives a wide character two cells, of which `display` shows one."""
        cells = self.emulator.buffer[row]
        return sum(1 for index in range(column) if cells[index].data != "")

    @property
    def transcript(self):
        return strip_ansi(self.raw)

    def continues(self, mark):
        """Until a further row begins, whose prompt ends with `mark` and `> `, such as `(..`."""
        return self.until(
            lambda: self.cursor_line.startswith(" ") and self.cursor_line.endswith(mark + "> "), f"a row with {mark}"
        )

    # What a person does

    def send(self, keys):
        self.child.send(keys.encode() if isinstance(keys, str) else keys)
        return self

    def paste(self, text):
        """As a terminal marks it: newlines become carriage returns."""
        return self.send("\x1b[200~" + text.replace("\n", "\r") + "\x1b[201~")

    def prompt(self):
        """Until the shell waits for a new statement, with an empty line."""
        self.until(lambda: self._is_reading() and self.cursor_line.endswith("> "), "a prompt")
        return self

    def _is_reading(self):
        return self.raw.rfind(READING) > self.raw.rfind(DONE) and self.raw.endswith("\x1b[?25h")

    def run(self, statement, patience=PATIENCE):
        """Types a statement and Enter; answers what was printed before the next prompt."""
        start = self.mark()
        self.send(statement + ENTER)
        return self.answer(start, patience)

    def answer(self, start, patience=PATIENCE):
        """What the shell prints, after `start`, between the end of reading and the next prompt."""

        def is_answered():
            done = self.raw.find(DONE, start)
            return done >= 0 and self.raw.find(READING, done) >= 0 and self._is_reading()

        self.until(is_answered, "an answer", patience)
        done = self.raw.find(DONE, start) + len(DONE)
        return strip_ansi(self.raw[done : self.raw.find(READING, done)])

    def raw_answer(self, statement):
        start = self.mark()
        self.run(statement)
        done = self.raw.find(DONE, start) + len(DONE)
        return self.raw[done : self.raw.find(READING, done)]

    def interrupt(self):
        return self.send(CTRL_C)

    def resize(self, columns, rows):
        """As a terminal that does not reflow, such as xterm."""
        self.emulator.resize(rows, columns)
        self.columns, self.rows = columns, rows
        self.child.setwinsize(rows, columns)
        return self

    def leaves(self, patience=PATIENCE):
        """Until the shell has left; answers its exit code, or minus the signal that ended it."""
        self.until(lambda: not self.is_open, "the end", patience)
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    def close(self):
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
        self.child.close(force=True)


@pytest.fixture
def spawn(environment, home):
    """Starts shells on a terminal: `spawn("-q", columns=40, NO_COLOR="1")`. A variable set to None is removed."""
    opened = []

    def start(*arguments, columns=80, rows=24, ready=True, **variables):
        changed = {**environment, **{name: value for name, value in variables.items()}}
        terminal = Terminal(
            list(arguments), {name: value for name, value in changed.items() if value is not None}, home, columns, rows
        )
        opened.append(terminal)
        return terminal.prompt() if ready else terminal

    yield start
    for terminal in opened:
        terminal.close()


@pytest.fixture
def shell(spawn):
    """A quiet shell, 80 by 24, at its first prompt."""
    return spawn("-q")


@pytest.fixture
def music(spawn):
    """A shell that uses the sample table music."""
    terminal = spawn()
    terminal.run("Sample music;")
    terminal.run("use music")
    return terminal


@dataclass
class Finished:
    code: int
    out: str
    err: str


@pytest.fixture
def script(environment, home):
    """Runs a shell without a terminal: `script("-c", "ListTables;")`, `script(stdin="ListTables;")`."""

    def run(*arguments, stdin="", timeout=60, **variables):
        changed = {name: value for name, value in {**environment, **variables}.items() if value is not None}
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [EXECUTABLE, *map(str, arguments)], input=given, capture_output=True, env=changed, cwd=home, timeout=timeout
        )
        return Finished(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return run
