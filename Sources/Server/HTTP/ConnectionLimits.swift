import Glibc
import NIOCore
import NIOHTTP1

/// What one client may ask of the endpoint. Times are in ticks; a tick is a second unless a test makes it shorter.
public struct ConnectionLimits: Sendable {
    /// How many may be open at once; one more is answered 503 and closed.
    public var connections = 10_000
    /// Of a request's body, as sent and inflated. Source: reference J.
    public var bodyBytes = 16 << 20
    /// From the first byte of a request to its last; also how long an answer may wait for its reader.
    public var requestTicks = 60
    /// Between two requests.
    public var idleTicks = 900
    /// Between the last byte of an answer that closes the connection, and the end without the client's consent.
    public var lingerTicks = 2
    /// What requests that have begun may take when the endpoint stops.
    public var stopTicks = 5
    public var tick = TimeAmount.seconds(1)

    public init() {}

    var ofHeaders: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 << 10
        limits.maxHeaderListSize = 64 << 10
        limits.maxHeaderFieldCount = 100
        return limits
    }
}

/// The process's limit of open files, which is the limit of connections too.
enum OpenFiles {
    /// Raises the soft limit to the hard one.
    static func allowAsManyAsPossible() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 1 << 16)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
