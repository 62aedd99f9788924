global using OdcPowerShell.Emulator;
global using OdcPowerShell.Tests.Hosting;
global using Xunit;
