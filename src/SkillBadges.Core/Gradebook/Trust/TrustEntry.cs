using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Trust;

/// <summary>For what an issuer is accepted.</summary>
public enum TrustScope
{
    Everything,

    /// <summary>Skills aligned to items of one framework, by the framework's id here.</summary>
    Framework,

    /// <summary>Badges of one field, such as <c>welding</c>.</summary>
    Field,

    /// <summary>One badge, by its slug.</summary>
    Badge,
}

/// <summary>What an organization says of an issuer. Days are those at the organization that asks.</summary>
/// <param name="Issuer">A DID.</param>
/// <param name="Scope">For what.</param>
/// <param name="Subject">The framework, field or badge; null for everything.</param>
/// <param name="From">The first day on which it holds.</param>
public sealed partial record TrustTerms(string Issuer, TrustScope Scope, string? Subject, DateOnly From)
{
    public const int MaxRecencyMonths = 600;

    /// <summary>The last day; null while it has none.</summary>
    public DateOnly? To { get; init; }

    /// <summary>True where the issuer is not accepted here, whatever an organization above says.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Who must have decided; empty for anybody whom the issuer lets decide.</summary>
    public ImmutableArray<ReviewerRole> Assessors { get; init; } = [];

    /// <summary>Months for which what was decided counts as recent, or null for as long as the badge says.</summary>
    public int? RecencyMonths { get; init; }

    /// <exception cref="RefusedException"><c>trust.issuer</c>, <c>trust.scope</c>, <c>trust.terms</c>.</exception>
    public TrustTerms Checked()
    {
        if (Issuer.Length > 250 || !DidForm().IsMatch(Issuer))
        {
            throw Refused.Invalid("trust.issuer", "An issuer is named by its DID, such as did:web:badges.example.org:orgs:westfield-high, or by its organization here.");
        }

        if (!Enum.IsDefined(Scope) || (Scope == TrustScope.Everything) != (Subject is null) || Subject?.Length is 0 or > 200 || (Scope is TrustScope.Field or TrustScope.Badge && !Slug.IsValid(Subject)))
        {
            throw Refused.Invalid("trust.scope", "An issuer is accepted for everything, or for one framework, field or badge that is named.");
        }

        return (To is null || To >= From) && RecencyMonths is null or (>= 1 and <= MaxRecencyMonths) && !Assessors.IsDefault && Assessors.Length <= 2 && Assessors.All(Enum.IsDefined)
            ? this
            : throw Refused.Invalid("trust.terms", $"The last day does not come before the first, assessors are teachers or supervisors, and what counts as recent is 1 to {MaxRecencyMonths} months old.");
    }

    // DID Core (REC 2022-07-19) 3.1.
    [GeneratedRegex(@"^did:[a-z0-9]+(:([A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DidForm();
}

/// <summary>A line of an organization's list; it is ended, never changed, so that what rested on it can be understood.</summary>
public sealed record TrustEntry(string Id, TrustTerms Terms, PersonId AddedBy, DateTimeOffset AddedAt)
{
    public PersonId? EndedBy { get; init; }

    /// <summary>Whether it speaks of this source on this day.</summary>
    public bool Covers(TrustQuestion question, DateOnly day) =>
        Terms.Issuer == question.Issuer && Terms.From <= day && (Terms.To is null || day <= Terms.To) && Terms.Scope switch
        {
            TrustScope.Everything => true,
            TrustScope.Framework => question.Frameworks.Contains(Terms.Subject!),
            TrustScope.Field => Terms.Subject == question.Field,
            TrustScope.Badge => Terms.Subject == question.Badge,
            _ => false,
        };
}

/// <summary>Which issuer brings what: the badge and field that it is to count for, and the frameworks to whose items the skill is aligned.</summary>
public sealed record TrustQuestion(string Issuer, string Badge, string Field, ImmutableHashSet<string> Frameworks);

/// <summary>The issuers that an organization accepts, and those that it does not.</summary>
public sealed record TrustList(OrganizationId Organization)
{
    public const int MaxEntries = 1_000;

    public ImmutableArray<TrustEntry> Entries { get; init; } = [];

    /// <exception cref="RefusedException"><c>trust.full</c>, and those of <see cref="TrustTerms.Checked"/>.</exception>
    public TrustList Add(TrustEntry entry) => Entries.Length < MaxEntries
        ? this with { Entries = Entries.Add(entry with { Terms = entry.Terms.Checked() }) }
        : throw Refused.Conflict("trust.full", $"The list holds at most {MaxEntries} lines.");

    /// <summary>The line holds no longer than a day. Ending it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>trust-entry.not-found</c>, <c>trust.past-day</c>.</exception>
    public TrustList End(string id, DateOnly lastDay, PersonId by, DateOnly today)
    {
        var entry = Entries.FirstOrDefault(entry => entry.Id == id) ?? throw Refused.NotFound("trust-entry");
        if (entry.Terms.To <= lastDay)
        {
            return this;
        }

        return lastDay >= today.AddDays(-1)
            ? this with { Entries = Entries.Replace(entry, entry with { Terms = entry.Terms with { To = lastDay < entry.Terms.From ? entry.Terms.From.AddDays(-1) : lastDay }, EndedBy = by }) }
            : throw Refused.Invalid("trust.past-day", "A line ends yesterday at the earliest, so that it holds no more from now on.");
    }
}

/// <summary>The line that decided, and whose it is.</summary>
/// <param name="Entry">Null where the issuer stands on an organization's plain list of accepted schools.</param>
public sealed record TrustAnswer(OrganizationId Origin, TrustEntry? Entry)
{
    [JsonIgnore]
    public bool IsAccepted => Entry is null || !Entry.Terms.IsRefused;
}

/// <summary>One organization of the line from a school up to the state office.</summary>
public sealed record TrustLayer(Organization Organization, TrustList? List)
{
    /// <summary>
    /// What holds for a source: the nearest organization that says something decides; where it says both, no. Null where nobody says anything.
    /// </summary>
    /// <param name="layers">The school first.</param>
    /// <param name="question">The source.</param>
    /// <param name="day">The school's day.</param>
    public static TrustAnswer? Ask(IEnumerable<TrustLayer> layers, TrustQuestion question, DateOnly day)
    {
        foreach (var layer in layers)
        {
            var found = (layer.List?.Entries ?? []).Where(entry => entry.Covers(question, day)).OrderByDescending(entry => entry.Terms.IsRefused).ThenByDescending(entry => entry.Terms.Scope).FirstOrDefault();
            if (found is not null)
            {
                return new(layer.Organization.Id, found);
            }

            if (layer.Organization.TrustedIssuers.Contains(question.Issuer, StringComparer.Ordinal))
            {
                return new(layer.Organization.Id, null);
            }
        }

        return null;
    }
}
