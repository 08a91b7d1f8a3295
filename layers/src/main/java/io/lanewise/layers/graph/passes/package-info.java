/**
 * What a compilation does to a graph before kernels are planned: each pass takes a graph and gives
 * one that computes the same.
 */
package io.lanewise.layers.graph.passes;
