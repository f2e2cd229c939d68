@preconcurrency import Glibc
import Synchronization

/// Set by Ctrl-C. While a statement runs, whatever runs it looks here from time to time and stops.
///
/// The flag is an atomic, because the handler may run on any thread at any point.
public enum InterruptFlag {
    private static let raised = Atomic<Bool>(false)

    /// From now on Ctrl-C sets the flag instead of ending the process.
    public static func install() {
        // The first touch initializes the flag, which must not happen inside the handler.
        raised.store(false, ordering: .relaxed)
        Signals.openWakePipe()
        Signals.handle(SIGINT) { _ in
            InterruptFlag.raised.store(true, ordering: .relaxed)
            Signals.wake()
        }
    }

    public static var isSet: Bool {
        raised.load(ordering: .relaxed)
    }

    /// Answers whether Ctrl-C was pressed, and forgets it.
    @discardableResult
    public static func take() -> Bool {
        raised.exchange(false, ordering: .relaxed)
    }
}
