// SPDX-License-Identifier: MIT
#pragma once

#include "pipeline/model/errors.hpp"
