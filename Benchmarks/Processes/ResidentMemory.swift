import Glibc

/// VmRSS, in bytes, as `/proc` tells it.
enum ResidentMemory {
    static func ofThisProcess() -> Int { of("self") }

    static func of(_ process: pid_t) -> Int { of(String(process)) }

    private static func of(_ process: String) -> Int {
        let lines = File.text("/proc/\(process)/status").split(separator: "\n")
        let words = lines.first { $0.hasPrefix("VmRSS:") }?.split { $0 == " " || $0 == "\t" }
        guard let words, words.count > 1, let kilobytes = Int(words[1]) else {
            preconditionFailure("/proc tells no resident memory of \(process)")
        }
        return kilobytes * 1_024
    }
}
