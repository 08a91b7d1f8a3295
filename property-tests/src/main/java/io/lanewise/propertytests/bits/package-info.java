/**
 * The same bits on JVMs of every kind: a fixed list of computations ({@code BitCases}), a program
 * that prints a digest of each one's output bits ({@code FingerprintMain}), and laws ({@code
 * BitsLaws}) that run it in JVMs with other flags and compare.
 */
package io.lanewise.propertytests.bits;
