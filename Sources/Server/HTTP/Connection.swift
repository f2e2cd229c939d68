import NIOCore
import NIOHTTP1

/// One client's connection: gathers requests, has them answered in order, and closes when the client is too slow.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let endpoint: Endpoint
    private var context: ChannelHandlerContext?
    /// The request that is arriving.
    private var head: HTTPRequestHead?
    private var headers = IncomingRequest.Headers()
    private var body: ByteBuffer?
    /// Its body is thrown away: it has been refused, and the connection closes behind it.
    private var isRefused = false
    /// Whole requests that wait until the client has read the answers before them.
    private var waiting: [IncomingRequest] = []
    private var isAnsweringWaiting = false
    /// Nothing is read or answered after this.
    private(set) var isClosing = false
    /// When the last byte was written, and the end of the other side awaited.
    private var lingersSince: Int?
    /// When the first byte of an unanswered request came.
    private var begunAt: Int?
    private var stalledAt: Int?
    private var activeAt: Int

    init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
        activeAt = endpoint.tick
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        endpoint.forget(self)
    }

    // MARK: Reading

    /// Bytes have come, whatever they are.
    func noteArrival() {
        activeAt = endpoint.tick
        if begunAt == nil { begunAt = endpoint.tick }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isClosing { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part): append(part, context)
        case .end: finishRequest(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        endpoint.flushes.add(context, clients: endpoint.connections.count)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        if begunAt == nil { begunAt = endpoint.tick }
        self.head = head
        body = nil
        headers = IncomingRequest.Headers(head.headers)
        if let length = headers.contentLength, (Int(length) ?? 0) > limits.bodyBytes {
            refuse(.tooLarge, context)
        } else if let expectation = headers.expectation {
            if expectation.lowercased() == "100-continue" {
                if !waiting.isEmpty { return }
                send("HTTP/1.1 100 Continue\r\n\r\n", context)
                context.flush()
            } else {
                refuse(.expectationFailed, context)
            }
        }
    }

    private func append(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        if isRefused { return }
        if body == nil { body = part } else { body!.writeImmutableBuffer(part) }
        if body!.readableBytes > limits.bodyBytes { refuse(.tooLarge, context) }
    }

    private func finishRequest(_ context: ChannelHandlerContext) {
        defer {
            head = nil
            body = nil
            begunAt = nil
        }
        if isRefused { return closeWhenWritten(context) }
        guard let head else { return }
        let request = IncomingRequest(head: head, body: body, headers: headers)
        if waiting.isEmpty, context.channel.isWritable {
            answer(request, context)
        } else {
            waiting.append(request)
            pauseReading(true, context)
        }
    }

    private var limits: ConnectionLimits { endpoint.configuration.limits }

    // MARK: Answering

    private func answer(_ request: IncomingRequest, _ context: ChannelHandlerContext) {
        let keepsAlive = request.head.isKeepAlive && !endpoint.isStopping
        let answer = endpoint.responder.answer(request, keepsAlive: keepsAlive, context.channel.allocator)
        context.write(wrapOutboundOut(answer), promise: nil)
        if !keepsAlive { closeWhenWritten(context) }
    }

    /// Answers before the body has come, which is read to its end and forgotten: a client that still writes would
    /// not see the answer otherwise.
    private func refuse(_ refusal: PlainAnswer, _ context: ChannelHandlerContext) {
        isRefused = true
        body = nil
        // Without the answers before it this one would be taken for one of them.
        if !waiting.isEmpty { return close() }
        let answer = endpoint.responder.answer(refusal, context.channel.allocator)
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }

    private func send(_ text: StaticString, _ context: ChannelHandlerContext) {
        var buffer = context.channel.allocator.buffer(capacity: text.utf8CodeUnitCount)
        buffer.writeStaticString(text)
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// A client that sends without reading is not read from until it does.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalledAt = context.channel.isWritable ? nil : endpoint.tick
        answerWaiting(context)
        context.fireChannelWritabilityChanged()
    }

    private func answerWaiting(_ context: ChannelHandlerContext) {
        // Writing may call back that the channel is writable, or is not.
        if isAnsweringWaiting || waiting.isEmpty { return }
        isAnsweringWaiting = true
        defer { isAnsweringWaiting = false }
        while !waiting.isEmpty, !isClosing, context.channel.isWritable {
            answer(waiting.removeFirst(), context)
            context.flush()
        }
        if waiting.isEmpty { pauseReading(false, context) }
    }

    private func pauseReading(_ isPaused: Bool, _ context: ChannelHandlerContext) {
        context.channel.setOption(.autoRead, value: !isPaused).whenFailure { _ in }
    }

    // MARK: Closing

    /// What is no HTTP is answered 400; a connection that broke is not answered.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let isMalformed = error is HTTPParserError && context.channel.isActive && !isClosing && !isRefused
        guard isMalformed else { return context.close(promise: nil) }
        let answer = endpoint.responder.answer(.badRequest, context.channel.allocator)
        context.write(wrapOutboundOut(answer), promise: nil)
        closeWhenWritten(context)
    }

    func closeIfLate(_ tick: Int) {
        if let lingersSince, tick - lingersSince > limits.lingerTicks { return close() }
        if let begunAt, tick - begunAt > limits.requestTicks { return close() }
        if let stalledAt, tick - stalledAt > limits.requestTicks { return close() }
        if begunAt == nil, stalledAt == nil, tick - activeAt > limits.idleTicks { close() }
    }

    /// Closes at once, or when the request that has begun is answered.
    func finish() {
        if begunAt == nil, waiting.isEmpty, let context { closeWhenWritten(context) }
    }

    func close() { context?.close(promise: nil) }

    private func closeWhenWritten(_ context: ChannelHandlerContext) {
        isClosing = true
        let nothing = context.channel.allocator.buffer(capacity: 0)
        context.writeAndFlush(wrapOutboundOut(nothing)).assumeIsolated().whenComplete { _ in
            self.endWriting()
        }
    }

    /// To close while bytes of the client are still unread would reset the connection, and the answer might never be
    /// seen. So only this side's half is closed; the rest follows when the client has closed its own, or soon.
    private func endWriting() {
        if endpoint.isStopping { return close() }
        lingersSince = endpoint.tick
        context?.close(mode: .output, promise: nil)
    }
}

/// Stands before the decoder and tells the connection of every byte that comes.
final class ArrivalWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if connection.isClosing { return }
        connection.noteArrival()
        context.fireChannelRead(data)
    }
}

/// All that one connection too many hears.
final class Refusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let endpoint: Endpoint

    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    func channelActive(context: ChannelHandlerContext) {
        let answer = endpoint.responder.answer(.tooManyConnections, context.channel.allocator)
        let channel = context.channel
        let patience = endpoint.configuration.limits.tick
        context.writeAndFlush(wrapOutboundOut(answer)).assumeIsolated().whenComplete { _ in
            channel.close(mode: .output, promise: nil)
            channel.eventLoop.assumeIsolated().scheduleTask(in: patience) { channel.close(promise: nil) }
        }
    }

    /// What it sends is of no interest.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}
}
