import Glibc

/// Bytes on their way to one open file, or kept in memory for a test. Nothing leaves before `flush`.
public final class ByteSink {
    public enum Failure: Equatable, Sendable {
        /// The reader of a pipe is gone: nothing to report, nothing more to do.
        case readerLeft
        case error(Int32)
    }

    /// From this size on the bytes are written out without waiting for a reason.
    private static let sizeMax = 1 << 16

    public private(set) var failure: Failure?
    public let isTerminal: Bool
    private var bytes: [UInt8] = []
    private let descriptor: Int32?
    private let closesDescriptor: Bool

    public init(descriptor: Int32, closesDescriptor: Bool = false) {
        self.descriptor = descriptor
        self.closesDescriptor = closesDescriptor
        isTerminal = isatty(descriptor) == 1
        bytes.reserveCapacity(2 * Self.sizeMax)
    }

    /// Keeps everything in memory until `takeBytes`.
    public init(memoryAsTerminal isTerminal: Bool) {
        descriptor = nil
        closesDescriptor = false
        self.isTerminal = isTerminal
    }

    deinit {
        flush()
        if closesDescriptor, let descriptor { close(descriptor) }
    }

    /// Lets `body` append; writes out if much has gathered.
    @inline(__always)
    func write<R>(_ body: (inout [UInt8]) -> R) -> R {
        let result = body(&bytes)
        if bytes.count >= Self.sizeMax, descriptor != nil { flush() }
        return result
    }

    func write(_ text: String) {
        write { $0.append(text: text) }
    }

    public func flush() {
        guard let descriptor, !bytes.isEmpty else { return }
        defer { bytes.removeAll(keepingCapacity: bytes.capacity <= 16 * Self.sizeMax) }
        guard failure == nil else { return }
        bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    }

    public func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    private func writeAll(_ whole: UnsafeRawBufferPointer, to descriptor: Int32) {
        var rest = whole
        while rest.count > 0 {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written >= 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
            } else if errno == EAGAIN {
                var writable = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&writable, 1, -1)
            } else if errno != EINTR {
                failure = errno == EPIPE ? .readerLeft : .error(errno)
                return
            }
        }
    }
}
