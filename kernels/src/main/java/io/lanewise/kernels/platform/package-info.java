/** What the machine and its JVM offer; the only reader of system properties. */
package io.lanewise.kernels.platform;
