import NIOCore

/// Connections whose answers are written together: when the event loop has heard everyone, or half of the clients have
/// theirs ready.
///
/// To write an answer wakes its client up, which takes as long as the answer itself; several at once wake a client with
/// many connections only once. Half of them, so that it has something to do while the others are answered.
final class FlushBatch {
    private static let sizeMax = 32

    private var contexts: [ChannelHandlerContext] = []
    private var flushing: [ChannelHandlerContext] = []

    /// `clients` is how many there are now. One alone does not wait.
    func add(_ context: ChannelHandlerContext, clients: Int) {
        contexts.append(context)
        if contexts.count >= min(Self.sizeMax, clients / 2) { return flush() }
        if contexts.count == 1 { context.eventLoop.assumeIsolated().execute { self.flush() } }
    }

    private func flush() {
        // To flush may call back, and add.
        swap(&contexts, &flushing)
        for context in flushing { context.flush() }
        flushing.removeAll(keepingCapacity: true)
    }
}
