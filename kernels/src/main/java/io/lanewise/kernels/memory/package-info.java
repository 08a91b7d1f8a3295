/**
 * Scratch memory of a call ({@code Workspace}) and weights in a plan's order ({@code
 * PackedWeights}).
 */
package io.lanewise.kernels.memory;
