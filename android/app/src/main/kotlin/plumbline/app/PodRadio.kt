package plumbline.app

/**
 * Starts the core's own radio. Call [start] once, from a thread that Java made (`Application.onCreate` does), and before
 * the first `Coach` asks for pods; it throws when btleplug's Java classes are not in the app.
 *
 * Asks for no permission: `BLUETOOTH_SCAN` and `BLUETOOTH_CONNECT` are the screen's to ask for.
 */
object PodRadio {
    init {
        // JNA loads the same file; native methods are found only in what Java itself has loaded.
        System.loadLibrary("plumbline_ffi")
    }

    @JvmStatic
    external fun start()
}
