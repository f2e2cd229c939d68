import Model

extension RequestEncoder {
    /// The request as a line for the AWS CLI (version 2: binaries inside JSON are base64), quoted for a POSIX shell.
    public static func awsCommandLine(_ request: Request) -> String {
        var words = ["aws \(request.operation.commandLineService) \(kebabCase(request.operation.rawValue))"]
        guard case .object(let members) = encode(request) else { return words[0] }
        for member in members {
            let option = "--" + kebabCase(member.name)
            switch member.value {
            case .bool(true): words.append(option)
            case .bool(false): words.append("--no-" + kebabCase(member.name))
            case .string(let text): words.append(argument(option, text))
            case .number(let digits): words.append(argument(option, digits))
            case .array, .object, .bytes, .null:
                words.append(argument(option, JSONWriter.compactText(member.value)))
            }
        }
        return words.joined(separator: " ")
    }

    /// A value that begins with a dash must be joined to its option, or it would be taken for one.
    private static func argument(_ option: String, _ value: String) -> String {
        option + (value.hasPrefix("-") ? "=" : " ") + ShellQuoting.quote(value)
    }

    /// `ReturnConsumedCapacity` → `return-consumed-capacity`.
    private static func kebabCase(_ name: String) -> String {
        var words = ""
        for character in name {
            if character.isUppercase, !words.isEmpty { words += "-" }
            words += character.lowercased()
        }
        return words
    }
}

/// Words that a POSIX shell reads back as they were.
enum ShellQuoting {
    static func quote(_ word: String) -> String {
        if !word.isEmpty, word.utf8.allSatisfy(isPlain) { return word }
        if word.unicodeScalars.contains(where: isControl) { return ansiQuote(word) }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// `$'…'`, known to bash, zsh and ksh: a control character never reaches the terminal as itself.
    private static func ansiQuote(_ word: String) -> String {
        var quoted = "$'"
        for scalar in word.unicodeScalars {
            switch scalar {
            case "'": quoted += "\\'"
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case _ where isControl(scalar):
                for byte in UTF8.encode(scalar)! { quoted += "\\x\(String(byte, radix: 16, width: 2))" }
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        ConstraintViolations.isNameByte(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
    }
}
