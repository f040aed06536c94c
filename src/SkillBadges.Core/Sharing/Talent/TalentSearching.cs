using System.Collections.Immutable;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Talent;

/// <summary>A skill of somebody who was found, in the words of its own scale, and what kind of person decided it where.</summary>
public sealed record FoundSkill(string Badge, string Skill, string Level, string Descriptor, string AssessedBy, string School, DateTimeOffset DecidedAt);

/// <param name="Reference">By which the employer asks for contact.</param>
public sealed record FoundTalent(string Reference, ImmutableArray<FoundSkill> Skills);

public sealed record TalentAnswer(string Search, ImmutableArray<FoundTalent> Found);

/// <summary>
/// Employers that were looked at search among adults who opted in. A row for each person found is part of the commit that comes before the answer; who they
/// are is not in it.
/// </summary>
public sealed class TalentSearching(Commits commits, Authority authority, TalentGround ground, TimeProvider clock)
{
    /// <summary>Who searches at an employer.</summary>
    public static readonly IReadOnlyList<Role> Searchers = [Role.Employer, Role.OrganizationAdmin];

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>employer.not-checked</c>, <c>talent.skills</c>, <c>talent.too-many</c>.</exception>
    public Task<TalentAnswer> SearchAsync(Actor actor, OrganizationId employer, IReadOnlyList<WantedSkill> wanted, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (skills, changes, now) = (WantedSkill.Checked(wanted), new Changes(), clock.Now());
            await RequireAsync(actor, employer, changes, token);
            if (await store.CountAsync(TalentSearchDocuments.Kind, TalentSearchDocuments.ByEmployer.Where(employer.Value).From(now.AddDays(-1)), TalentSearch.MaxADay, token) >= TalentSearch.MaxADay)
            {
                throw Refused.Conflict("talent.too-many", $"An employer searches {TalentSearch.MaxADay} times a day at most.");
            }

            var (hits, found) = (ImmutableArray.CreateBuilder<TalentHit>(), ImmutableArray.CreateBuilder<FoundTalent>());
            await foreach (var consent in store.AllAsync(ConsentDocuments.Kind, ConsentDocuments.Searchable.Where("yes").From(now), token))
            {
                if (hits.Count == TalentSearch.MaxHits)
                {
                    break;
                }

                if (Covers(consent.Document, skills) && await ground.FindAsync(consent, token) is { } rights && await MatchAsync(rights, skills, token) is { IsEmpty: false } matched)
                {
                    var hit = new TalentHit(NewId.Random(), rights.Learner.Document.Id, rights.RecordKeeper.Id, consent.Document.Id);
                    hits.Add(hit);
                    found.Add(new(hit.Reference, matched));
                    changes.Require(ConsentDocuments.Kind, consent).Require(PersonDocuments.Kind, rights.Learner).Disclose(new(
                        NewId.Ordered(now), hit.Learner, hit.RecordKeeper, actor.Person, employer, DisclosureBasis.Consent, matched.Length, now)
                    {
                        Door = DisclosureDoor.TalentSearch, Consent = hit.Consent.Value,
                    });
                }
            }

            var search = new TalentSearch(NewId.Ordered(now), employer, actor.Person, now, skills, hits.ToImmutable());
            return new Outcome<TalentAnswer>(changes.Add(TalentSearchDocuments.Kind, search), new(search.Id, found.ToImmutable()), search.Id);
        },
        cancellationToken);

    /// <summary>That the actor searches for this employer, and that the state office has looked at it; both become requirements.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>employer.not-checked</c>.</exception>
    public async Task RequireAsync(Actor actor, OrganizationId employer, Changes changes, CancellationToken cancellationToken)
    {
        changes.Require(MembershipDocuments.Kind, await authority.RequireAsync(actor, employer, Searchers, cancellationToken));
        if (await store.FindAsync(EmployerCheckDocuments.Kind, employer.Value, cancellationToken) is not { Document.EndedAt: null } check)
        {
            throw Refused.Forbidden("employer.not-checked", "The state office has not looked at this employer, or has ended that it may search.");
        }

        changes.Require(EmployerCheckDocuments.Kind, check);
    }

    // The skills that were asked for and nothing else of the record; empty unless each of them is there.
    private async Task<ImmutableArray<FoundSkill>?> MatchAsync(LearnerRights rights, ImmutableArray<WantedSkill> wanted, CancellationToken cancellationToken)
    {
        var chain = await store.WholeAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(rights.RecordKeeper.Id, rights.Learner.Document.Id), cancellationToken);
        var entries = chain.Documents.ToList();
        var scales = (await store.FindManyAsync(ScaleSnapshotDocuments.Kind, [.. entries.Select(entry => entry.Facts.Scale.Digest.Hex).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(read => read.Document.Digest, read => read.Document.Scale);
        var standing = StandingLevels.Of(entries, scales);
        var matched = wanted.Select(skill => standing.Where(entry => Meets(entry, skill, scales[entry.Facts.Scale.Digest])).ToList()).ToList();
        return matched.All(skill => skill.Count > 0)
            ? [.. matched.SelectMany(skill => skill).DistinctBy(entry => entry.Id).Select(entry => new FoundSkill(
                entry.Facts.Competency.Badge.Slug, entry.Facts.Competency.Name, entry.Facts.Level.Label, entry.Facts.Level.Descriptor, entry.Facts.Assessor.Role.ToString(), rights.RecordKeeper.Name, entry.Facts.DecidedAt))]
            : null;
    }

    private static bool Covers(Consent consent, ImmutableArray<WantedSkill> wanted) => wanted.All(skill => consent.Terms.Records.Covers(consent.Terms.Records.RecordKeeper, RecordKind.Levels, skill.Badge));

    private static bool Meets(MasteryEntry entry, WantedSkill wanted, MasteryScale scale) =>
        entry.Facts.Competency.Badge.Slug == wanted.Badge
        && (wanted.Competency is null || wanted.Competency == entry.Facts.Competency.CompetencyId)
        && (wanted.MinimumLevel is null ? entry.Facts.Level.IsSufficient : scale.Find(wanted.MinimumLevel) is { } least && entry.Facts.Level.Ordinal >= least.Ordinal);
}
