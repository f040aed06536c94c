using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <summary>What a visitor looks for; null members ask for nothing.</summary>
/// <param name="Words">Each of them is in the name, the description, a skill or an alignment.</param>
/// <param name="Occupation">A code of O*NET-SOC.</param>
/// <param name="School">Id of an organization that stands behind the badge.</param>
internal sealed record CatalogueQuestion(string? Words, string? Field, Band? Band, string? Occupation, string? School);

/// <summary>A badge of the catalogue in its current version, and the organizations that signed it.</summary>
internal sealed record CatalogueBadge(BadgeHead Head, BadgeDefinition Definition, IReadOnlyList<Organization> Signers)
{
    public IEnumerable<Alignment> Occupations => Definition.Alignments.Where(alignment => alignment.TargetFramework.StartsWith("O*NET", StringComparison.Ordinal) && alignment.TargetCode is not null);

    public bool Answers(CatalogueQuestion question) =>
        (question.Field is null || Head.Field == question.Field)
        && (question.Band is null || Definition.Competencies.Any(skill => skill.Band is null || skill.Band == question.Band))
        && (question.Occupation is null || Occupations.Any(occupation => occupation.TargetCode == question.Occupation))
        && (question.School is null || Signers.Any(signer => signer.Id.Value == question.School))
        && (question.Words is null || question.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(word => Text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private string Text => string.Join(
        '\n',
        [Definition.Name, Definition.Description, .. Definition.Tags, .. Definition.Competencies.SelectMany(skill => (string[])[skill.Name, skill.Statement]), .. Definition.Alignments.Select(alignment => $"{alignment.TargetName} {alignment.TargetCode}"),
            .. Definition.Translations.SelectMany(words => (string[])[words.Name, words.Description, .. words.Competencies.SelectMany(skill => (string[])[skill.Name, skill.Statement])])]);
}

/// <summary>The public catalogue as visitors look through it. No person is in it.</summary>
internal static class Catalogue
{
    public static async Task<IReadOnlyList<CatalogueBadge>> ReadAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        var heads = (await store.WholeAsync(DefinitionDocuments.Heads, DefinitionDocuments.ByName.Where(), cancellationToken)).Documents.Where(head => head.Retired is null).ToList();
        string[] ids = [.. heads.Select(head => new BadgeVersionId(head.Slug, head.CurrentVersion).ToString())];
        var versions = (await store.FindManyAsync(DefinitionDocuments.Versions, ids, cancellationToken)).ToDictionary(read => read.Document.Slug, read => read.Document);
        var provenance = (await store.FindManyAsync(CoAuthoringDocuments.Provenance, ids, cancellationToken)).ToDictionary(read => read.Id, read => read.Document.SignOffs.Where(signOff => signOff.Withdrawn is null).Select(signOff => signOff.Organization.Value).Distinct().ToList());
        string[] signers = [.. provenance.Values.SelectMany(some => some).Distinct()];
        var organizations = (await store.FindManyAsync(OrganizationDocuments.Kind, signers, cancellationToken)).ToDictionary(read => read.Id, read => read.Document);
        return
        [
            .. heads.Where(head => versions.ContainsKey(head.Slug)).Select(head => new CatalogueBadge(
                head, versions[head.Slug], [.. provenance.GetValueOrDefault(versions[head.Slug].Id.ToString(), []).Where(organizations.ContainsKey).Select(id => organizations[id])])),
        ];
    }
}
