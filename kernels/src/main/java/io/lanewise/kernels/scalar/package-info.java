/** The micro-kernels as plain loops: the production fallback, tuned, and not the reference. */
package io.lanewise.kernels.scalar;
