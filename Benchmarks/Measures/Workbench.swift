import Glibc

/// What the measures share: the data set, and how they are run.
final class Workbench {
    let pairs: Int
    let count: Int
    /// The shell's executable.
    let shell: String
    private(set) lazy var data = DataSet(count: count)
    private(set) lazy var scripts = ScriptFolder()
    /// Results go here, so that no work can be left out because nobody looks at it.
    private var sum = 0

    init(pairs: Int, count: Int, shell: String) {
        self.pairs = pairs
        self.count = count
        self.shell = shell
    }

    /// Whether the shell has been built.
    var hasShell: Bool { access(shell, X_OK) == 0 }

    func keep(_ result: Int) { sum &+= result }

    func compare(ours: () -> Double, opponent: () -> Double) -> Pairs {
        Pairs.measure(pairs, ours: ours, opponent: opponent)
    }

    /// For rounds that are short and need no preparation: more of them.
    func compareOften(ours: () -> Double, opponent: () -> Double) -> Pairs {
        Pairs.measure(4 * pairs + 1, ours: ours, opponent: opponent)
    }
}
