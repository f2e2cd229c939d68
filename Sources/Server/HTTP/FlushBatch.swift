import NIOCore

/// Connections whose answers are written when the event loop has heard everyone, or `size` of them are ready.
///
/// To write an answer wakes its client up, which takes as long as the answer itself. Several at once wake a client
/// with many connections only once, and a processor core that waits no longer than for `size` answers.
final class FlushBatch {
    private static let size = 32

    private var contexts: [ChannelHandlerContext] = []
    private var flushing: [ChannelHandlerContext] = []

    func add(_ context: ChannelHandlerContext) {
        contexts.append(context)
        if contexts.count == 1 { context.eventLoop.assumeIsolated().execute { self.flush() } }
        if contexts.count == Self.size { flush() }
    }

    private func flush() {
        // To flush may call back, and add.
        swap(&contexts, &flushing)
        for context in flushing { context.flush() }
        flushing.removeAll(keepingCapacity: true)
    }
}
