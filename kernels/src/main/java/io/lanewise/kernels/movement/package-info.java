/**
 * Operations that move elements without computing with them: concatenation, slices, padding,
 * permutation, gather and scatter. Most are lists of boxes with strides in either tensor ({@code
 * Box}), which one engine copies ({@code Moves}); start reading at {@link
 * io.lanewise.kernels.movement.Movements}.
 */
package io.lanewise.kernels.movement;
