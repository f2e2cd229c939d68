import Glibc

/// Measures the rows of PERFORMANCE.md, all of them or those whose names begin as the arguments say.
///
/// `benchmark [--markdown] [--pairs N] [--items N] [--shell PATH] [NAME …]`, or `benchmark --list`.
@main
struct Benchmark {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let task = arguments.first.flatMap(ChildTask.init) {
            task.run(Array(arguments.dropFirst()))
            return
        }
        run(Options(arguments))
    }

    private static func run(_ options: Options) {
        let chosen = Measure.all.filter { options.chooses($0.name) }
        if options.listsOnly {
            for measure in chosen { print(measure.name, "–", measure.title) }
            return
        }
        let bench = Workbench(pairs: options.pairs, count: options.items, shell: options.shell)
        var report = Report()
        for measure in chosen {
            say("\(measure.name) …")
            report.add(measure, measure.take(bench))
        }
        print(options.isMarkdown ? report.markdown : report.columns, terminator: "")
    }

    /// Progress, apart from the report.
    private static func say(_ text: String) { ErrorStream.write(text) }
}

/// What this program does when it is its own child.
enum ChildTask: String {
    case itemMemory = "--child-item-memory"

    func run(_ arguments: [String]) {
        switch self {
        case .itemMemory: print(MemoryMeasures.measureItemMemory(count: Int(arguments[0])!))
        }
    }
}

struct Options {
    private(set) var names: [String] = []
    private(set) var isMarkdown = false
    private(set) var listsOnly = false
    private(set) var pairs = 5
    private(set) var items = 200_000
    /// Built beside this program.
    private(set) var shell = Options.neighbour("sortkey")

    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--markdown": isMarkdown = true
            case "--list": listsOnly = true
            case "--pairs": pairs = Options.number(rest.popFirst(), after: argument)
            case "--items": items = Options.number(rest.popFirst(), after: argument)
            case "--shell":
                guard let path = rest.popFirst() else { Options.fail("--shell takes a path") }
                shell = path
            case _ where argument.hasPrefix("-"): Options.fail("there is no option \(argument)")
            default: names.append(argument)
            }
        }
        for name in names where !Measure.all.contains(where: { $0.name.hasPrefix(name) }) {
            Options.fail("no measure's name begins with \(name); --list names them")
        }
    }

    func chooses(_ name: String) -> Bool { names.isEmpty || names.contains { name.hasPrefix($0) } }

    private static func number(_ text: String?, after option: String) -> Int {
        guard let number = text.flatMap({ Int($0) }), number > 0 else { fail("\(option) takes a number above 0") }
        return number
    }

    private static func neighbour(_ name: String) -> String {
        let own = CommandLine.arguments[0]
        let folder = own.lastIndex(of: "/").map { own[...$0] } ?? ""
        return folder + name
    }

    private static func fail(_ text: String) -> Never {
        ErrorStream.write("benchmark: \(text)")
        exit(2)
    }
}

private enum ErrorStream {
    static func write(_ line: String) {
        let bytes = Array(line.utf8) + [10]
        _ = Glibc.write(2, bytes, bytes.count)
    }
}
