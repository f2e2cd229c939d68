@preconcurrency import Glibc
import Synchronization

/// Signals that matter while a line is edited. Handlers only set a flag and wake the reader.
///
/// They wake it through a pipe: a signal that arrives just before `poll` would otherwise wait for the next key, and in
/// a process with several threads any of them may be the one that is interrupted.
enum Signals {
    static let resized = Atomic<Bool>(false)
    static let continued = Atomic<Bool>(false)
    static let stopRequested = Atomic<Bool>(false)
    private static let wakeWriteEnd = Atomic<Int32>(-1)
    private static let wakeReadEnd = Atomic<Int32>(-1)

    typealias Handler = @convention(c) (Int32) -> Void

    /// The actions that stood before editing began.
    typealias Saved = [(number: Int32, action: sigaction)]

    /// Watches the window size, Ctrl-Z and `fg` until `restore`.
    static func watch() -> Saved {
        openWakePipe()
        resized.store(false, ordering: .relaxed)
        continued.store(false, ordering: .relaxed)
        stopRequested.store(false, ordering: .relaxed)
        return [SIGWINCH, SIGCONT, SIGTSTP].map { number in
            let former = handle(number) { number in
                switch number {
                case SIGWINCH: Signals.resized.store(true, ordering: .relaxed)
                case SIGCONT: Signals.continued.store(true, ordering: .relaxed)
                default: Signals.stopRequested.store(true, ordering: .relaxed)
                }
                Signals.wake()
            }
            return (number, former)
        }
    }

    static func restore(_ saved: Saved) {
        for var entry in saved { sigaction(entry.number, &entry.action, nil) }
    }

    /// Installs `handler` without SA_RESTART and answers the action that stood before.
    @discardableResult
    static func handle(_ number: Int32, with handler: @escaping Handler) -> sigaction {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = handler
        var former = sigaction()
        sigaction(number, &action, &former)
        return former
    }

    /// Stops the process as Ctrl-Z does by default; returns after it was continued.
    static func stopProcess() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = SIG_DFL
        var former = sigaction()
        sigaction(SIGTSTP, &action, &former)
        raise(SIGTSTP)
        sigaction(SIGTSTP, &former, nil)
    }

    static func openWakePipe() {
        guard wakeReadEnd.load(ordering: .relaxed) < 0 else { return }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakeReadEnd.store(ends[0], ordering: .relaxed)
        wakeWriteEnd.store(ends[1], ordering: .relaxed)
    }

    /// Called from handlers: uses only what is safe there.
    static func wake() {
        let formerError = errno
        var byte: UInt8 = 0
        _ = write(wakeWriteEnd.load(ordering: .relaxed), &byte, 1)
        errno = formerError
    }

    enum Wait: Equatable {
        case input
        case signal
        case timeout
    }

    /// Waits for input on stdin; negative milliseconds wait for ever. End of file counts as input.
    static func waitForInput(milliseconds: Int32) -> Wait {
        var watched = [
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakeReadEnd.load(ordering: .relaxed), events: Int16(POLLIN), revents: 0),
        ]
        let readyCount = poll(&watched, nfds_t(watched.count), milliseconds)
        if readyCount < 0 { return .signal }
        if watched[1].revents != 0 {
            var drained = [UInt8](repeating: 0, count: 64)
            while read(watched[1].fd, &drained, drained.count) > 0 {}
        }
        // Input first: a signal's flag stays until someone looks, but "nothing waits" would cut a paste in two.
        if watched[0].revents != 0 { return .input }
        return readyCount == 0 ? .timeout : .signal
    }
}
