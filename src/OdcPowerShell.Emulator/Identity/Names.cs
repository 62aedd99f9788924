using System.Collections.Immutable;

namespace OdcPowerShell.Emulator;

/// <summary>The words users are named from, sorted as the API sorts names.</summary>
internal static class Names
{
    /// <summary>Without spaces, so that sorting by first and then last name equals sorting by the whole name.</summary>
    public static ImmutableArray<string> First { get; } = Sorted(
        "Aisha Amélie Ana Anders André Anne-Marie Antonio Åsa Beatriz Björn Carlos Catarina Chen Chloé Daniel Diego Élodie Emma Eva " +
        "Fatima Felix Filipa François Freja George Grace Gülay Hana Helena Henrik Hugo Inês Isabel Ivan Jakub James Jean-Luc João José Julia " +
        "Karim Klára Lars Laura Léa Liam Lucía Łukasz Magnus Maria Marta Mateus Mei Miguel Mónica Nadia Noah Núria Olivia Omar Øyvind " +
        "Paula Pedro Priya Rafael Renée Ricardo Rosa Sara Sebastião Sofia Søren Tomás Valérie Vera Wei William Yuki Zoë Zuzana");

    public static ImmutableArray<string> Last { get; } = Sorted(
        "Almeida Andersson Araújo Baker Barbosa Bauer Becker Benali Bergström Bernard Brown Brüggemann Carvalho Castro Çelik Chang Clarke " +
        "Correia Costa Dias Dubois Dvořák Eriksen Fernandes Ferreira Fischer Fontaine Fonseca Freitas García Girard Gomes Gonçalves Gupta " +
        "Hansen Hernández Horák Huber Hughes Ivanov Jansen Jensen Johansson Jones Kaya Keller Khan Kim Köhler Kowalski Kumar Lambert " +
        "Larsen Lefèvre Lehmann Lima Lopes López Lund Machado Marques Martín Martins Mehta Meyer Moreau Moreira Müller Nakamura Nguyễn " +
        "Nielsen Novák Nunes Núñez O'Brien O'Neill Oliveira Ortiz Patel Pereira Pérez Petersen Pinto Ramos Ribeiro Rocha Rodrigues " +
        "Rossi Roux Ruiz Sánchez Santos Sato Schäfer Schmidt Silva Singh Smith Sørensen Sousa Suzuki Tavares Taylor Teixeira Thomsen Torres " +
        "van_der_Berg Vaz Vieira Wagner Walker Wang Weiß Williams Wiśniewski Wong Yılmaz Zhang Ziegler");

    /// <summary>First names in the letters an e-mail address allows everywhere.</summary>
    public static ImmutableArray<string> PlainFirst { get; } = [.. First.Select(Fold)];
    /// <summary>Last names in the letters an e-mail address allows everywhere.</summary>
    public static ImmutableArray<string> PlainLast { get; } = [.. Last.Select(Fold)];

    private static string Fold(string name)
    {
        const string Accented = "áàâãäåçéèêëíîïìıñńóòôõöøúùûüýšśşřčžźłễğßÁÅÇÉŁØ";
        const string Plain = "aaaaaaceeeeiiiiinnoooooouuuuysssrczzlegsAACELO";
        return string.Create(name.Length, name, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var at = Accented.IndexOf(source[i], StringComparison.Ordinal);
                span[i] = char.ToLowerInvariant(at < 0 ? source[i] : Plain[at]);
            }
        }).Replace("'", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
    }

    private static ImmutableArray<string> Sorted(string words) =>
        [.. words.Split(' ').Select(word => word.Replace('_', ' ')).Order(StringComparer.OrdinalIgnoreCase)];
}
