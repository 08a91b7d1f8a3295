/**
 * What every operation promises about its arguments, whatever it computes: each promise is written
 * once ({@code Contracts}) and checked on every operation's runs, laid open ({@code Call}).
 */
package io.lanewise.propertytests.law.contract;
