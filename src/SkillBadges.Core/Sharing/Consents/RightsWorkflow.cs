using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>
/// A school's registry says from which day a learner holds the rights in the record: at 18, or earlier where a court or the law says so. What consents are
/// worth follows at once, since that is computed whenever somebody asks.
/// </summary>
public sealed class RightsWorkflow(Commits commits, Authority authority, RightsReading rights, ConsentReading consents, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Writes the day, a row that says who and why, and tells the learner and the family.</summary>
    /// <param name="actor">Of the school's registry.</param>
    /// <param name="learner">As that school's roster has them.</param>
    /// <param name="school">Where.</param>
    /// <param name="day">In the past for an adult; null where it is not known any more.</param>
    /// <param name="reason">In the office's words.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>learner.not-found</c>, <c>rights.own</c>, <c>rights.day</c>, <c>rights.same</c>, <c>rights.reason</c>, <c>organization.not-found</c>.</exception>
    public async Task<RightsAnswer> ChangeAsync(Actor actor, PersonId learner, OrganizationId school, DateOnly? day, string reason, RequestKey? key, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Registry, cancellationToken);
        var before = await StatesAsync(learner, school, cancellationToken);
        var change = await commits.OnceAsync(
            key,
            async token =>
            {
                var (changes, now) = (new Changes(), clock.Now());
                var office = await authority.RequireAsync(actor, school, Offices.Registry, token);
                var known = await rights.OfAsync(learner, school, token);
                if (known.People.Contains(actor.Person))
                {
                    throw Refused.Forbidden("rights.own", "Nobody changes who holds the rights in their own record.");
                }

                var made = new RightsChange(NewId.Ordered(now), learner, school, known.Learner.Document.RightsPassOn, day, reason, actor.Person, now).Checked(known.RecordKeeper.DayOf(now));
                foreach (var person in (await consents.GuardiansAsync(known, token)).Append(learner).Distinct())
                {
                    changes.Notify(person, NoticeKind.RightsChanged, learner.Value, now);
                }

                changes.Require(MembershipDocuments.Kind, office).Replace(PersonDocuments.Kind, known.Learner, known.Learner.Document with { RightsPassOn = day });
                return changes.Adding(RightsChangeDocuments.Kind, made);
            },
            (id, token) => store.GetAsync(RightsChangeDocuments.Kind, id, "rights-change", token),
            cancellationToken);
        var after = await StatesAsync(learner, school, cancellationToken);
        var holds = await rights.OfAsync(learner, school, cancellationToken);
        return new(
            change.Document,
            holds.Age,
            holds.FamilyHolds,
            [.. before.Where(one => one.Value == ConsentState.InForce && after.GetValueOrDefault(one.Key) != ConsentState.InForce).Select(one => one.Key)],
            [.. after.Where(one => one.Value == ConsentState.InForce && before.TryGetValue(one.Key, out var was) && was != ConsentState.InForce).Select(one => one.Key)]);
    }

    /// <summary>Every change, latest first: for the school's records office, the learner and the family.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>organization.not-found</c>.</exception>
    public async Task<Page<RightsChange>> HistoryAsync(
        Actor actor, PersonId learner, OrganizationId school, Func<DocumentQuery<RightsChange>, DocumentQuery<RightsChange>> page, CancellationToken cancellationToken)
    {
        var known = await rights.OfAsync(learner, school, cancellationToken);
        if (await consents.VoiceAsync(actor, known, null, cancellationToken) is null && await authority.FindAsync(actor, school, Offices.Records, cancellationToken) is null)
        {
            throw Refused.NotFound("learner");
        }

        var found = await store.QueryAsync(RightsChangeDocuments.Kind, page(RightsChangeDocuments.ByLearner.Where(learner.Value).Descending()), cancellationToken);
        return new([.. found.Items.Where(read => read.Document.School == school)], found.Next);
    }

    private async Task<Dictionary<ConsentId, ConsentState>> StatesAsync(PersonId learner, OrganizationId school, CancellationToken cancellationToken)
    {
        var known = await rights.OfAsync(learner, school, cancellationToken);
        var found = await store.WholeAsync(ConsentDocuments.Kind, ConsentDocuments.ByLearner.Where(learner.Value).Descending(), cancellationToken);
        return found.Items.Where(read => read.Document.Terms.Records.RecordKeeper == school).ToDictionary(read => read.Document.Id, read => StandingConsent.Of(read, known, clock.Now()).State);
    }
}
