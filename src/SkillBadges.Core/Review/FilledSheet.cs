using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Review;

/// <summary>What a sheet is of: exactly one of the three.</summary>
public sealed record SheetPlace(ClassSectionId? Section = null, PlacementId? Placement = null, OrganizationId? School = null);

/// <summary>The rest of a class, or of a supervisor's interns to whom the skill belongs, at one level: everybody who is neither in the lines nor left out.</summary>
/// <param name="Id">What the device calls the sheet, 1 to 60 characters: sent twice, it is recorded once.</param>
/// <param name="Except">Whom it says nothing of.</param>
public sealed record SheetOthers(string Id, string Level, IReadOnlyCollection<PersonId> Except);

/// <summary>A sheet as it comes from an assessor's hands: one skill, seen of one or many learners.</summary>
public sealed record FilledSheet(SheetPlace Place, string Badge, string CompetencyId, DateTimeOffset? ObservedAt, IReadOnlyList<SeenItem> Items, SheetOthers? Others);

/// <summary>What a line came to: it was recorded, or refused.</summary>
public sealed record FilledLine(SeenItem Item, SeenResult? Seen, RefusedException? Refusal);
