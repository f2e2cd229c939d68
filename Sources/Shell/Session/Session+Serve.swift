import Language

/// `Serve`: other programs use the session's tables over HTTP, while the session waits.
extension Session {
    func serve(port: Int) throws(StatementFailure) -> Reply {
        guard let serveEndpoint, laboratory != nil else {
            throw .message("there is nothing to serve here", details: ["Serve works on the embedded engine only"])
        }
        // The endpoint writes past the console's buffers.
        console.flush()
        if settings.isInteractive { tell("Ctrl-C ends it") }
        console.flush()
        if let refusal = serveEndpoint(port) { throw .message(refusal, details: []) }
        // What is told next begins a line of its own, behind the ^C that the terminal shows.
        if settings.isInteractive { tell("") }
        return Reply()
    }
}
