namespace OdcPowerShell.Tests.Contract;

/// <summary>The dependency management API: consumers, producers and elements.</summary>
internal static class DependencyManagementCalls
{
    private const string Base = "/api/dependency-management/v1";
    private const string Asset = "GET " + Base + "/assets/{assetKey}";
    private const string Revision = Asset + "/revisions/{revisionNumber}";
    private const string Search = "POST " + Base + "/public-elements/search";
    private const string A = AssetRepositoryCalls.A;
    private const string B = AssetRepositoryCalls.B;

    internal static IEnumerable<Call> All { get; } = [.. Consumers, .. Producers, .. Elements, .. Searches];

    private static IEnumerable<Call> Consumers =>
    [
        new(Asset + "/consumers", $"Get-OdcAssetConsumer {A}"),
        new(Asset + "/consumers", $"Get-OdcAssetConsumer {A} -Stage {B} -PublicElementKey 'x/1' -AllVersions -Sort name -Descending"),
        new(Revision + "/consumers", $"Get-OdcAssetConsumer {A} -Revision 7"),
        new(Revision + "/consumers", $"Get-OdcAssetConsumer {A} 7 -Stage {B} -PublicElementKey {A} -AllVersions -Sort name"),
        new(Revision + "/consumers", $"[pscustomobject]@{{ LibraryKey = '{A}'; RevisionNumber = 7 }} | Get-OdcAssetConsumer"),
    ];

    private static IEnumerable<Call> Producers =>
        from operation in new[] { (Noun: "AssetProducer", Path: "producers"), (Noun: "AssetProducerGraph", Path: "producer-graph") }
        from call in new Call[]
        {
            new($"{Revision}/{operation.Path}", $"Get-Odc{operation.Noun} {A} 7"),
            new($"{Revision}/{operation.Path}", $"Get-Odc{operation.Noun} {A}") { Further = [AssetRepositoryCalls.Latest] },
            new($"{Revision}/{operation.Path}", $"Get-Odc{operation.Noun} {A} 7 -Depth 2 -Stage {B} -ProducerType Libraries -Sort name -Descending"),
        }
        select call;

    private static IEnumerable<Call> Elements =>
        from operation in new[] { (Noun: "PublicElement", Path: "public-elements"), (Noun: "ReferencedElement", Path: "referenced-elements") }
        from call in new Call[]
        {
            new($"{Revision}/{operation.Path}", $"Get-Odc{operation.Noun} {A} 7"),
            new($"{Revision}/{operation.Path}", $"Get-Odc{operation.Noun} {A}") { Further = [AssetRepositoryCalls.Latest] },
            new($"{Revision}/{operation.Path}", $"Get-Odc{operation.Noun} {A} 7 -ExcludeHidden -Descending"),
        }
        select call;

    private static IEnumerable<Call> Searches =>
    [
        new(Search, "Find-OdcPublicElement") { Body = """{ "limit": 100, "offset": 0 }""" },
        new(Search, "Find-OdcPublicElement *Order* -First 3 -Skip 2 -PageSize 10") { Body = """{ "elementNameContains": "Order", "limit": 10, "offset": 0 }""" },
        new(Search, "Find-OdcPublicElement -First 3 -Skip 2") { Body = """{ "limit": 3, "offset": 2 }""" },
        new(Search, $"Find-OdcPublicElement -NameOrDescription 'ü' -ElementType Block -ConsumerPortfolio {A}, {B} -IncludeHidden -Sort name -Descending")
        {
            Body = $$"""
                {
                  "elementNameOrDescriptionContains": "ü", "elementType": "Block", "consumerPortfolioKeys": ["{{A}}", "{{B}}"], "includeHidden": true,
                  "sort": "name", "sortAscending": false, "limit": 100, "offset": 0
                }
                """,
        },
        new(Search, $"[pscustomobject]@{{ AssetKey = '{A}' }}, [pscustomobject]@{{ AssetKey = '{B}'; ModelDigest = '{A}' }} | Find-OdcPublicElement")
        {
            Body = $$"""{ "assetFilters": [{ "key": "{{A}}" }, { "key": "{{B}}", "digest": "{{A}}" }], "limit": 100, "offset": 0 }""",
        },
    ];
}
