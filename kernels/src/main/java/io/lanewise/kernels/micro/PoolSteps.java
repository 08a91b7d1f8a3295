package io.lanewise.kernels.micro;

/**
 * How far apart the taps of a pooling's windows lie, in pixels of an image [id][ih][iw].
 *
 * @param plane between taps one behind the other
 * @param row between taps one below the other
 * @param tap between taps side by side
 * @param output between the windows of neighbouring outputs
 */
public record PoolSteps(int plane, int row, int tap, int output) {}
