//! The Plumbline core for Swift and Kotlin.
