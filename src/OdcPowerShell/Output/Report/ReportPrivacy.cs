using System.Text.RegularExpressions;

namespace OdcPowerShell.Output.Report;

/// <summary>Keeps names and e-mails of people out of a report, unless they were asked for.</summary>
/// <param name="showsUsers">Whether they were asked for.</param>
/// <param name="users">The users that are known.</param>
internal sealed class ReportPrivacy(bool showsUsers, IEnumerable<OdcUser> users)
{
    private const string Person = "(a user)";
    private static readonly Regex Email = new(@"[^\s<>()'"",;:]+@[^\s<>()'"",;:]+", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private readonly HashSet<string> _people = new(users.SelectMany(u => new[] { u.Name, u.Email, u.UserKey }).Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => t!), StringComparer.OrdinalIgnoreCase);

    internal bool ShowsUsers => showsUsers;

    /// <summary>Learns a person from a finding: one whose message has an e-mail is about its user, whom no other list may have named.</summary>
    internal void Learn(string subject, string message)
    {
        if (!showsUsers && subject.Length > 0 && Email.IsMatch(message))
            _people.Add(subject);
    }

    /// <summary>The subject of a finding, unless it is a person.</summary>
    internal string Subject(string subject) => showsUsers ? subject : _people.Contains(subject) ? Person : Hide(subject);

    /// <summary>A text without e-mails, and without the subject if that is a person.</summary>
    internal string Hide(string? text, string subject = "")
    {
        if (showsUsers || string.IsNullOrEmpty(text))
            return text ?? "";
        if (_people.Contains(subject))
            text = Regex.Replace(text, Regex.Escape(subject), Person, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return Email.Replace(text, Person);
    }
}
