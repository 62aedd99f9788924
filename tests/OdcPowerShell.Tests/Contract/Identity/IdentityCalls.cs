namespace OdcPowerShell.Tests.Contract;

/// <summary>What the tables of the user and access management API share.</summary>
internal static class IdentityCalls
{
    internal const string Base = "/api/identity/v1";
    internal const string Users = "GET " + Base + "/users";
    internal const string Stages = "GET /api/portfolios/v2/environments";
    internal const string Assets = "GET /api/asset-repository/v1/assets";
    internal const string A = "0f8fad5b-d9cb-469f-a165-70867728950e";
    internal const string B = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    internal const string C = "9b2e1c74-0d53-4c0e-8a4f-5f1d2c3b4a59";
}
