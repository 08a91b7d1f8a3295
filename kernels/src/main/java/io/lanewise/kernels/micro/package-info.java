/**
 * Contracts of the micro-kernels, which do arithmetic on packed panels and know nothing else;
 * implemented twice.
 */
package io.lanewise.kernels.micro;
