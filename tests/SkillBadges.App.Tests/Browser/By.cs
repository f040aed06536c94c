namespace SkillBadges.App.Tests.Browser;

/// <summary>
/// The ways in which people go through the same tour. Where a page takes no script (<see cref="SweptPages.Scripted"/> names those that do), it is the same page to a pointer with scripts and
/// without, and the tour has two rows instead of three.
/// </summary>
public enum By
{
    /// <summary>A mouse or a finger, and scripts.</summary>
    Mouse,

    /// <summary>Keys alone, and scripts.</summary>
    Keyboard,

    /// <summary>A mouse or a finger, and a browser that runs no scripts.</summary>
    NoScript,
}
