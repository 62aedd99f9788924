global using OdcPowerShell.Authentication;
global using OdcPowerShell.Http;
global using Xunit;
