## The radio

radio-off = Bluetooth is off. Switch it on, and your pods connect by themselves.
radio-not-permitted = This app may not use Bluetooth. Allow it in the system's settings.
radio-absent = There is no Bluetooth here, or its service does not run. Start it, or plug an adapter in.

## How a paired pod is doing

pod-radio-off = Waits for Bluetooth.
pod-searching = Not found yet. Switch it on or put it on, and keep it close.
pod-connecting = Found. Connecting.
pod-preparing = Connected. Starting its stream.
pod-shown = Connected, so that you can see which one it is. Choose where you wear it.
pod-streaming = Streaming.
pod-silent = Connected, but it sends nothing. If that lasts, I connect it anew.
pod-lost = Out of reach. It comes back by itself; keep running.
pod-leaving = Being let go.

## Why a pod cannot be used as it is now

pod-needs-pairing = It wants to be paired by the system first: pair it in the phone's Bluetooth settings, then come back here.
pod-firmware-too-old = Its firmware is too old to stream. Update it with its maker's app.
pod-occupied = Another app or phone uses it. Close that one; I try again.
pod-another-device = This device is not the pod it seemed to be. Choose another one.
pod-no-motion = This device sends no motion, only sums such as pace or heart rate. Wear it beside a pod, not instead of one.
pod-on-charger = It lies on its charger. Take it off and put it on; I try again.
pod-no-settings = It offers no rate or range that I can use.
pod-no-answer = It does not answer. Switch it off and on; I try again.
pod-failed = It refused to start. Switch it off and on; I try again.

## A pod whose signal is of no use

fault-unknown-format = I cannot read its data. Update its firmware, or this app.
fault-not-finite = It sends values that are no numbers. Switch it off and on.
fault-zeros = Its accelerometer is dead. Switch it off and on; if that does not help, it is broken.
fault-frozen = Its sensor hangs. Switch it off and on.
fault-saturated = Its sensor is at its limit all the time. Fasten the pod, or set a wider range with its maker's app.
fault-other-rate = It measures at another rate than it says, so its times are less sure. Switch it off and on.

## What lowers the trust in a pod's numbers

doubt-no-gyroscope = It has no gyroscope: its angles are coarser, and I am not sure more often. Wear it tight.
doubt-no-stamps = It does not stamp its data: its times are those of arrival, and a loss shows late. Keep the phone close to it.
doubt-low-rate = It measures fewer than 100 times a second: contact times are coarser. Choose a faster rate where its maker's app offers one.
doubt-low-range = Hard landings go beyond its range and are cut off. Wear it tight, so that it does not knock.
doubt-no-sequence = It does not number its data, so a loss shows only in its times. Keep the phone close to it.
doubt-no-checksum = It does not check its data, so a damaged value may pass for a true one. Trust means more than single steps.

## Pods nearby

found-own = Paired with you.
found-unknown = Not paired. If it is yours, choose where you wear it; somebody else's pod I leave alone.
found-same-name = Another pod nearby has the same name. Let one blink, or hold one far away, to see which is which.

## Why a pod was not paired

pair-not-nearby = This pod is not nearby. Switch it on and look again.
pair-place-taken = Another pod has this place. Forget that one first, or choose another place.
