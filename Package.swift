// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// A target whose folder is a layer of the architecture: it imports only what is named here.
func layer(_ name: String, imports: [Target.Dependency] = [], documents: [String] = []) -> Target {
    .target(name: name, dependencies: imports, exclude: documents, swiftSettings: settings)
}

func tests(of name: String, also: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + also, swiftSettings: settings)
}

/// Built by `make fuzz` alone: the flag would keep other packages from using this one.
let fuzzTargets: [Target] =
    Context.environment["SORTKEY_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz",
            dependencies: ["Engine", "Wire", "Model"],
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]
        )
    ]

let package = Package(
    name: "sortkey",
    products: [
        .executable(name: "sortkey", targets: ["sortkey"]),
        .library(name: "SortkeyEngine", targets: ["Engine"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "sortkey",
            dependencies: ["Shell", "Server", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "simulate",
            dependencies: ["Simulator", "Engine", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: settings
        ),
        layer("Simulator", imports: ["Engine", "Model"], documents: ["README.md"]),
        layer("Shell", imports: ["Language", "Engine", "LineEditor"]),
        layer("LineEditor", imports: ["CEditLine"]),
        layer(
            "Server",
            imports: [
                "Wire", "Engine", "CZlib",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        layer("Language", imports: ["Wire", "PartiQL", "Expressions", "Model"]),
        layer("Wire", imports: ["Model", "CMessageDigest"]),
        layer(
            "Engine",
            imports: [
                "PartiQL", "Expressions", "Model", "CMessageDigest", "CPrefetch",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ]
        ),
        layer("PartiQL", imports: ["Expressions", "Model"]),
        layer("Expressions", imports: ["Model"]),
        layer("Model"),
        .executableTarget(
            name: "benchmark",
            dependencies: ["Engine", "Model", "CSQLite", "CChunkedArray"],
            path: "Benchmarks",
            exclude: ["CSQLite", "CChunkedArray", "endpoint"],
            swiftSettings: settings
        ),
        .target(name: "CChunkedArray", path: "Benchmarks/CChunkedArray"),
        .systemLibrary(
            name: "CSQLite",
            path: "Benchmarks/CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CPrefetch"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMessageDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    ] + fuzzTargets + [
        tests(of: "Model"),
        tests(of: "Expressions"),
        tests(of: "PartiQL"),
        tests(of: "Engine"),
        tests(of: "Simulator"),
        tests(of: "Language", also: ["Engine"]),
        tests(of: "Wire"),
        tests(of: "LineEditor"),
        tests(of: "Shell"),
        .testTarget(
            name: "EndpointTests",
            dependencies: ["Shell", "Server", "Engine", "Wire", "Model"],
            swiftSettings: settings
        ),
        tests(of: "Server", also: ["Wire", "Engine"]),
    ]
)
