using System.Collections.Immutable;

namespace SkillBadges.Core.Organizations;

/// <summary>So many organizations of one side must sign a badge before it is published.</summary>
public sealed record PartyNeed(SigningParty Party, int AtLeast);

/// <summary>Who must sign the badges that an organization leads, program by program.</summary>
/// <param name="Usual">Where the program has no needs of its own.</param>
/// <param name="Programs">By the badge's field, such as <c>welding</c>.</param>
public sealed record SignOffPolicy(ImmutableArray<PartyNeed> Usual, ImmutableDictionary<string, ImmutableArray<PartyNeed>> Programs)
{
    public const int MaxPrograms = 100;
    public const int MaxOfOneParty = 9;

    /// <summary>One of each side: a secondary school or district, a college, an industry body or employer.</summary>
    public static SignOffPolicy OneOfEach { get; } = new(
        [new(SigningParty.Secondary, 1), new(SigningParty.Postsecondary, 1), new(SigningParty.Industry, 1)], ImmutableDictionary<string, ImmutableArray<PartyNeed>>.Empty);

    public ImmutableArray<PartyNeed> For(string field) => Programs.GetValueOrDefault(field, Usual);

    /// <summary>Somebody always signs: a policy that needs nobody is none.</summary>
    /// <exception cref="RefusedException"><c>setting.sign-off-policy</c>.</exception>
    public SignOffPolicy Checked() => IsSound(Usual) && Programs.Count <= MaxPrograms && Programs.All(program => program.Key.Length is > 0 and <= 64 && IsSound(program.Value))
        ? this
        : throw Refused.Invalid("setting.sign-off-policy", $"A badge needs at least one side to sign, each side once and by 1 to {MaxOfOneParty} organizations; at most {MaxPrograms} programs have needs of their own.");

    private static bool IsSound(ImmutableArray<PartyNeed> needs) =>
        !needs.IsDefaultOrEmpty && needs.All(need => Enum.IsDefined(need.Party) && need.AtLeast is >= 1 and <= MaxOfOneParty) && needs.Select(need => need.Party).Distinct().Count() == needs.Length;
}
