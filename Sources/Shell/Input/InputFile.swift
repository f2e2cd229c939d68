import Glibc
import LineEditor

/// Reading files and streams in large chunks.
public enum InputFile {
    static let chunkSize = 1 << 17

    public static func readAll(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: chunkSize)
        while case let count = read(descriptor, into: &chunk), count > 0 { bytes += chunk.prefix(count) }
        return bytes
    }

    enum Wait { case input, interrupted }

    /// Waits until there is something to read, the end included, or Ctrl-C is pressed, be it just before the call:
    /// only while it waits can the signal come in, so that none falls between the look at the flag and the wait.
    static func waitForInput(_ descriptor: Int32) -> Wait {
        var blocked = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGINT)
        var former = sigset_t()
        sigprocmask(SIG_BLOCK, &blocked, &former)
        defer { sigprocmask(SIG_SETMASK, &former, nil) }
        while !InterruptFlag.isSet {
            var readable = descriptorSet(of: descriptor)
            let count = pselect(descriptor + 1, &readable, nil, nil, nil, &former)
            if count > 0 || (count < 0 && errno != EINTR) { return .input }
        }
        return .interrupted
    }

    private static func descriptorSet(of descriptor: Int32) -> fd_set {
        var set = fd_set()
        precondition(Int(descriptor) < MemoryLayout<fd_set>.size * 8, "a script is read from a low descriptor")
        withUnsafeMutableBytes(of: &set) { $0[Int(descriptor) / 8] |= 1 << UInt8(descriptor % 8) }
        return set
    }

    /// As `read`: the number of bytes, 0 at the end, negative on an error, EINTR included.
    static func read(_ descriptor: Int32, into chunk: inout [UInt8]) -> Int {
        Glibc.read(descriptor, &chunk, chunk.count)
    }
}
