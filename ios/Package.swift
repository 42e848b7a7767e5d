// swift-tools-version: 6.0
import PackageDescription

// Where cargo put the library; on a phone it comes with the app instead.
let libraryFolder =
    Context.environment["PLUMBLINE_LIBRARY_DIR"] ?? "\(Context.packageDirectory)/../target/debug"

let package = Package(
    name: "Plumbline",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "PlumblineKit", targets: ["PlumblineKit"])],
    targets: [
        // Both written by scripts/bindings.sh and not committed.
        .systemLibrary(name: "PlumblineCoreFFI", path: ".generated/PlumblineCoreFFI"),
        .target(
            name: "PlumblineCore",
            dependencies: ["PlumblineCoreFFI"],
            path: ".generated/PlumblineCore",
            linkerSettings: [
                .linkedLibrary("plumbline_ffi"),
                .unsafeFlags(["-L\(libraryFolder)", "-Xlinker", "-rpath", "-Xlinker", libraryFolder]),
            ]),
        .target(name: "PlumblineKit", dependencies: ["PlumblineCore"]),
        .testTarget(name: "PlumblineKitTests", dependencies: ["PlumblineKit", "PlumblineCore"]),
    ],
    swiftLanguageModes: [.v6]
)
