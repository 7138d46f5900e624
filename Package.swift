// swift-tools-version: 6.2
import PackageDescription

/// The house: `ls Sources` shows its wings, and each target's dependencies are all that it may import.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func room(_ name: String, in wing: String, uses dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(wing)/\(name)", swiftSettings: settings)
}

func tests(of name: String, uses dependencies: [Target.Dependency] = [], leavesOut excluded: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests", exclude: excluded,
        swiftSettings: settings)
}

let core: [Target] = [
    room("Model", in: "Core"),
    room("Loading", in: "Core", uses: ["Model", "JSONArena", "CLibYAML"]),
    room("Planning", in: "Core", uses: ["Model"]),
    room("Execution", in: "Core", uses: ["Model", "Planning"]),
    room("Reconciliation", in: "Core", uses: ["Model", "Loading", "Planning", "Execution"]),
]

let edges: [Target] = [
    room("Proxmox", in: "Edges", uses: ["Model", "Transport", "JSONArena"]),
    room("Terraform", in: "Edges", uses: ["Model", "Processes", "JSONArena", "CTerraformRoot"]),
    .target(name: "CTerraformRoot", path: "Sources/Edges/CTerraformRoot"),
    room("Registry", in: "Edges", uses: ["Model", "JSONArena", .product(name: "GRDB", package: "GRDB.swift")]),
]

let twin: [Target] = [
    room("Simulation", in: "Twin", uses: ["Model", "JSONArena"]),
    room(
        "SimulationServer", in: "Twin",
        uses: [
            "Model", "Simulation", "JSONArena",
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdTLS", package: "hummingbird"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "NIOHTTP2", package: "swift-nio-http2"),
            .product(name: "NIOHPACK", package: "swift-nio-http2"),
            .product(name: "X509", package: "swift-certificates"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "Logging", package: "swift-log"),
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
        name: "CCurl", path: "Sources/Plumbing/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
]

let faces: [Target] = [
    room("Daemon", in: "Faces", uses: ["Model", "Loading", "Planning", "Execution", "Reconciliation"]),
    room(
        "CLI", in: "Faces",
        uses: [
            "Model", "Loading", "Planning", "Execution", "Reconciliation", "Daemon", "Proxmox", "Terraform", "Registry",
            "Simulation", "SimulationServer", "Transport", "Processes", "JSONArena",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "Logging", package: "swift-log"),
        ]),
    .executableTarget(name: "plumb", dependencies: ["CLI"], path: "Sources/Faces/plumb", swiftSettings: settings),
]

let package = Package(
    name: "Plumb",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: core + edges + twin + plumbing + faces
)
