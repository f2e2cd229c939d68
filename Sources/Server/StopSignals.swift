import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// SIGINT and SIGTERM as something that an event loop hears: the handler writes a byte into a pipe.
final class StopSignals {
    /// Where the handler writes to; -1 while nobody listens.
    private static let pipeEnd = Atomic<Int32>(-1)
    private static let signals = [SIGINT, SIGTERM]

    private let readEnd: Int32
    private let writeEnd: Int32
    private var former: [sigaction] = []

    /// From now on the signals do not end the process.
    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        Self.pipeEnd.store(writeEnd, ordering: .relaxed)
        for signal in Self.signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in
                let saved = errno
                var byte: UInt8 = 0
                write(StopSignals.pipeEnd.load(ordering: .relaxed), &byte, 1)
                errno = saved
            }
            var old = sigaction()
            sigaction(signal, &action, &old)
            former.append(old)
        }
    }

    /// `stop` is called on the loop, which then owns the reading end.
    func watch(on loop: any EventLoop, stop: @escaping @Sendable () -> Void) {
        NIOPipeBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SignalListener(stop))
                }
            }
            .takingOwnershipOfDescriptor(input: readEnd)
            .whenFailure { _ in stop() }
    }

    /// The signals do again what they did before.
    func restore() {
        for (signal, old) in zip(Self.signals, former) {
            var action = old
            sigaction(signal, &action, nil)
        }
        Self.pipeEnd.store(-1, ordering: .relaxed)
        Glibc.close(writeEnd)
    }
}

private final class SignalListener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let stop: @Sendable () -> Void

    init(_ stop: @escaping @Sendable () -> Void) { self.stop = stop }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { stop() }
}
