using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>The workflows that decide, over a store of the caller's: one that a lease fences, or one that gathers what many commit.</summary>
public sealed class DecidingOver(StatusIndexes indexes, InstanceAddress address, TimeProvider clock)
{
    /// <param name="store">What they read and write.</param>
    /// <param name="signsTogether">See <see cref="Issuance.SignsTogether"/>.</param>
    public DecisionWorkflow Decisions(IDocumentStore store, bool signsTogether) => new(new(store, clock), Assignments(store), Record(store, signsTogether), clock);

    /// <inheritdoc cref="Decisions"/>
    public WholeBadgeWorkflow WholeBadges(IDocumentStore store, bool signsTogether) => new(new(store, clock), Assignments(store), new(store, clock), Record(store, signsTogether), clock);

    public Assignments Assignments(IDocumentStore store) => new(store, new(store, clock), clock);

    private DecisionRecord Record(IDocumentStore store, bool signsTogether) =>
        new(store, new(store, clock), new(store, indexes, address, clock) { SignsTogether = signsTogether }, address, clock);
}
