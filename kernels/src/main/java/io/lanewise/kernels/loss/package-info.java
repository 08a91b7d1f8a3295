/** Losses, forward and backward: each a plan for one shape and one way to reduce. */
package io.lanewise.kernels.loss;
