/** Time from the start of a JVM to its first result and to its full speed. */
package io.lanewise.benchmarks.cold;
