@preconcurrency import CEditLine
@preconcurrency import Glibc

/// What is known of the terminal and of the width of text on it.
public enum Terminal {
    public static func isTTY(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// Columns of the terminal, else of `COLUMNS`, else 80.
    public static var width: Int {
        size.map { Int($0.ws_col) } ?? environmentNumber("COLUMNS") ?? 80
    }

    /// Rows of the terminal, else of `LINES`, else 24.
    public static var height: Int {
        size.map { Int($0.ws_row) } ?? environmentNumber("LINES") ?? 24
    }

    /// Columns that `text` takes, without wrapping. Control characters take none.
    ///
    /// Widths are those of libc, so `useUTF8()` has to run first. Each code point counts for itself: a family of
    /// emoji that some terminals join into one picture counts as all its members.
    public static func displayWidth(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + max(0, columns(of: $1)) }
    }

    /// Switches to a UTF-8 character set if the user's locale has none, and answers whether the user's locale had.
    ///
    /// With `LC_ALL=C` libedit crashes on a prompt that is not ASCII and drops such input.
    @discardableResult
    public static func useUTF8() -> Bool {
        if setlocale(LC_CTYPE, "") != nil, String(cString: ce_character_set()) == "UTF-8" { return true }
        _ = setlocale(LC_CTYPE, "C.UTF-8") ?? setlocale(LC_CTYPE, "en_US.UTF-8")
        return false
    }

    /// Columns of one code point; -1 for what cannot be printed.
    static func columns(of scalar: Unicode.Scalar) -> Int {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F ? 1 : -1 }
        return Int(ce_columns(wchar_t(scalar.value)))
    }

    /// Writes all of `text` at once, past stdio, whose own buffer is emptied first to keep the order.
    static func write(_ text: String) {
        fflush(stdout)
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, rest.count > 0 {
                let written = Glibc.write(STDOUT_FILENO, start, rest.count)
                if written < 0 && errno != EINTR && errno != EAGAIN { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
            }
        }
    }

    private static var size: winsize? {
        for descriptor in [STDOUT_FILENO, STDIN_FILENO, STDERR_FILENO] {
            var size = winsize()
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 { return size }
        }
        return nil
    }

    private static func environmentNumber(_ name: String) -> Int? {
        guard let value = getenv(name), let number = Int(String(cString: value)), number > 0 else { return nil }
        return number
    }
}
