/** The table of operations: what there is, in which directions and ranks, each with an example. */
package io.lanewise.kernels.catalogue;
