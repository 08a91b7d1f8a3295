/** Tasks on threads: the only place that knows of {@code java.util.concurrent}. */
package io.lanewise.kernels.parallel;
