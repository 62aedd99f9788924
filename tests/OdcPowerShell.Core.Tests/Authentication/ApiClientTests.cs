namespace OdcPowerShell.Core.Tests.Authentication;

public sealed class ApiClientTests
{
    private static readonly DateTimeOffset End = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Caller _caller = new();

    [Theory]
    [InlineData(null, null, "stored.example", "stored")]
    [InlineData("given.example", " given ", "given.example", "given")]
    [InlineData("given.example", " ", "given.example", "stored")]
    public async Task What_is_specified_wins_over_what_is_stored(string? tenant, string? clientId, string host, string id)
    {
        var source = new Source(new ClientCredential(" stored ", new Secret("s")) { Tenant = "stored.example", SecretExpiresOn = End });
        var client = await ApiClient.ReadAsync(source, new SpecifiedClient(tenant is null ? null : TenantAddress.Parse(tenant), clientId), _caller, default);
        Assert.Equal((host, id, "vault 'v'", End), (client.Tenant.Host, client.Credential.ClientId, client.Source, client.Credential.SecretExpiresOn));
        var dated = await ApiClient.ReadAsync(source, new SpecifiedClient(SecretExpiresOn: End.AddDays(1)), _caller, default);
        Assert.Equal(End.AddDays(1), dated.Credential.SecretExpiresOn);
    }

    [Theory]
    [InlineData(null, "id", OdcErrorCause.TenantMissing, "No tenant was specified.")]
    [InlineData("acme.example", null, OdcErrorCause.ClientIdMissing, "Vault 'v' names no client id.")]
    public async Task Tenant_and_client_id_must_stand_somewhere(string? tenant, string? clientId, OdcErrorCause cause, string message)
    {
        var source = new Source(new ClientCredential(clientId, new Secret("s")) { Tenant = tenant });
        var e = await Assert.ThrowsAsync<OdcException>(() => ApiClient.ReadAsync(source, new SpecifiedClient(), _caller, default));
        Assert.Equal((cause, message), (e.Cause, e.Message));
        Assert.Contains("Register-OdcCredential", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotated_secret_without_a_client_id_is_of_the_same_client()
    {
        var source = new Source(new ClientCredential("stored", new Secret("first")));
        var client = await ApiClient.ReadAsync(source, new SpecifiedClient(Sample.Tenant), _caller, default);
        source.Stored = new ClientCredential(ClientId: " ", new Secret("second"));
        Assert.Equal("stored", (await client.ReadAgainAsync(_caller, default))!.ClientId);
    }

    [Theory]
    [InlineData(null, "rotated")]
    [InlineData("given", "given")]
    public async Task A_rotated_secret_may_have_another_client_id_unless_that_was_specified(string? clientId, string id)
    {
        var source = new Source(new ClientCredential("stored", new Secret("first")));
        var client = await ApiClient.ReadAsync(source, new SpecifiedClient(Sample.Tenant, clientId), _caller, default);
        Assert.Null(await client.ReadAgainAsync(_caller, default));
        source.Stored = new ClientCredential("rotated", new Secret("second")) { SecretExpiresOn = End };
        var rotated = await client.ReadAgainAsync(_caller, default);
        Assert.Equal((id, "second", End), (rotated!.ClientId, rotated.Secret.Reveal(), rotated.SecretExpiresOn));
        Assert.Equal("first", client.Credential.Secret.Reveal());
        client.Keep(rotated);
        Assert.Same(rotated, client.Credential);
    }

    private sealed class Source(ClientCredential stored) : ISecretSource
    {
        public string Description => "vault 'v'";

        public bool CanChange => true;

        internal ClientCredential Stored { get; set; } = stored;

        public Task<ClientCredential> ReadAsync(ICaller caller, CancellationToken cancellationToken) => Task.FromResult(Stored);
    }
}
