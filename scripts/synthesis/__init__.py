"""The synthesis of the bundled sounds, from sines and seeded noise alone.

blocks  levels, slopes, places, noise, the notes of the key
meter   loudness, peaks, seams
chimes  the sounds that say something
loops   what makes a sound circular
beds    the sounds under the voice
vorbis  a loop as a file whose decoded ends meet unheard

It needs numpy, and soundfile for `vorbis`; nothing of the package.
"""
