// swift-tools-version: 6.2
import PackageDescription

/// The house: `ls Sources` shows its wings, and each target's dependencies are all that it may import.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// What tens of thousands of random worlds go through at every test, and what hostile files must not keep busy for a
/// second: optimised in a debug build too.
let optimised: [SwiftSetting] = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]
let optimisedRooms: Set = ["Model", "Loading", "Planning", "Execution", "Reconciliation", "Simulation"]

func room(_ name: String, in wing: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(wing)/\(name)",
        swiftSettings: optimisedRooms.contains(name) ? optimised : settings)
}

func tests(of name: String, uses dependencies: [Target.Dependency] = [], leavesOut excluded: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests",
        exclude: excluded, swiftSettings: optimisedRooms.contains(name) ? optimised : settings)
}

let core: [Target] = [
    room("Model", in: "Core"),
    room("Loading", in: "Core", uses: ["Model", "CLibYAML", "JSONArena"]),
    room("Planning", in: "Core", uses: ["Model"]),
    room("Execution", in: "Core", uses: ["Model", "Planning"]),
    room("Reconciliation", in: "Core", uses: ["Model", "Planning", "Execution"]),
]

let edges: [Target] = [
    room("Proxmox", in: "Edges", uses: ["Model", "Transport", "JSONArena"]),
    room(
        "Terraform", in: "Edges",
        uses: ["Model", "Processes", "JSONArena", "CTerraformRoot", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "CTerraformRoot", path: "Sources/Edges/CTerraformRoot"),
    room(
        "EarlierSystems", in: "Edges",
        uses: ["JSONArena", .product(name: "GRDB", package: "GRDB.swift")]),
    room("Registry", in: "Edges", uses: ["Model", .product(name: "GRDB", package: "GRDB.swift")]),
]

let twin: [Target] = [
    room("Simulation", in: "Twin", uses: ["Model", "JSONArena"]),
    room(
        "SimulationServer", in: "Twin",
        uses: [
            "Model", "Simulation", "JSONArena",
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "NIOHTTP2", package: "swift-nio-http2"),
            .product(name: "NIOHPACK", package: "swift-nio-http2"),
            .product(name: "SwiftASN1", package: "swift-asn1"),
            .product(name: "X509", package: "swift-certificates"),
            .product(name: "Crypto", package: "swift-crypto"),
        ]),
]

let plumbing: [Target] = [
    room("JSONArena", in: "Plumbing"),
    room("Transport", in: "Plumbing", uses: ["CCurl"]),
    room(
        "Processes", in: "Plumbing",
        uses: [
            .product(name: "Subprocess", package: "swift-subprocess"),
            .product(name: "SystemPackage", package: "swift-system"),
        ]),
    .systemLibrary(
        name: "CLibYAML", path: "Sources/Plumbing/CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
        name: "CCurl", path: "Sources/Plumbing/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]
    ),
]

let faces: [Target] = [
    room("Daemon", in: "Faces", uses: [.product(name: "UnixSignals", package: "swift-service-lifecycle")]),
    room(
        "CLI", in: "Faces",
        uses: [
            "Model", "Loading", "Planning", "Execution", "Reconciliation", "Daemon", "Proxmox", "Terraform", "Registry",
            "EarlierSystems", "Simulation", "SimulationServer", "Transport", "Processes", "JSONArena",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Crypto", package: "swift-crypto"),
        ]),
    .executableTarget(name: "plumb", dependencies: ["CLI"], path: "Sources/Faces/plumb", swiftSettings: settings),
]

let proofs: [Target] = [
    // What several of them share.
    .target(name: "Chance", path: "Tests/Chance", swiftSettings: optimised),
    tests(of: "JSONArena"),
    tests(of: "Processes"),
    tests(of: "Transport", leavesOut: ["Fixtures", "Scripts"]),
    tests(of: "Loading", uses: ["Model", "JSONArena", "Chance"], leavesOut: ["Inputs", "Golden"]),
    tests(of: "Planning", uses: ["Model", "Chance"]),
    tests(of: "Execution", uses: ["Model", "Planning", "Reconciliation", "Simulation", "Chance"]),
    tests(of: "Proxmox", uses: ["Model", "Planning", "Transport", "JSONArena", "Simulation"], leavesOut: ["Scripts"]),
    tests(of: "Terraform", uses: ["Model", "Processes", "JSONArena"]),
    tests(of: "EarlierSystems", uses: [.product(name: "GRDB", package: "GRDB.swift")], leavesOut: ["Samples"]),
    tests(of: "Registry", uses: ["Model", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "Simulation", uses: ["Model", "JSONArena"]),
    tests(of: "SimulationServer", uses: ["Model", "Simulation", "JSONArena", "Chance"], leavesOut: ["Scripts"]),
    tests(of: "Daemon"),
    tests(
        of: "CLI",
        uses: [
            "Model", "Loading", "Planning", "Execution", "Reconciliation", "Terraform", "JSONArena", "Simulation",
            "Transport",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ], leavesOut: ["Golden"]),
    .testTarget(
        name: "TerraformDoubleTests",
        dependencies: ["Model", "JSONArena", "Simulation", "SimulationServer", "Terraform", "Chance"],
        path: "Tests/TerraformDoubleTests", swiftSettings: settings),
    .testTarget(
        name: "ScenarioTests",
        dependencies: [
            "plumb", "CLI", "Model", "JSONArena", "Transport", "SimulationServer", "Chance",
            .product(name: "GRDB", package: "GRDB.swift"),
        ],
        path: "Tests/ScenarioTests", swiftSettings: settings),
]

let package = Package(
    name: "Plumb",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: core + edges + twin + plumbing + faces + proofs
)
